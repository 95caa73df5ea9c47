import { z } from 'zod'
import type { AccountMessage } from './accountMessage.ts'
import { Errcode } from '../api/errcode.ts'
import type { Conversations } from '../conversations.ts'
import { accountMay } from '../permissions.ts'
import type { Platform } from '../platform.ts'
import { isAct } from '../push/kinds.ts'
import { post, type Endpoint } from '../api/endpoint.ts'

const text = z.string()
const article = z.object({
  title: text,
  description: text.default(''),
  url: text.default(''),
  picurl: text.default(''),
})
const customBody = z.object({
  touser: text,
  msgtype: text,
  text: z.object({ content: text }).optional(),
  image: z.object({ media_id: text }).optional(),
  voice: z.object({ media_id: text }).optional(),
  video: z.object({ media_id: text, title: text.default(''), description: text.default('') }).optional(),
  music: z
    .object({ title: text.default(''), description: text.default(''), musicurl: text, hqmusicurl: text })
    .optional(),
  news: z.object({ articles: z.array(article) }).optional(),
})

/** 客服消息: the account writes to a person who has lately turned to it. */
export function messageApis(platform: Platform): Endpoint[] {
  const { conversations, followers, identities, now, switches } = platform
  return [
    post('/cgi-bin/message/custom/send', customBody, ({ body }) => {
      const { touser } = body
      if (!accountMay(switches, 'customMessage')) throw new Errcode(48001)
      if (!identities.personOf(touser)) throw new Errcode(40003)
      if (!followers.has(touser)) throw new Errcode(43004)
      const message = readMessage(body, platform)
      checkWindow(conversations.of(touser), {
        since: now() - switches.get('customWindowHours') * 3_600_000,
        count: switches.get('customMessages'),
      })
      conversations.add(touser, { from: 'account', via: 'custom', message })
      return { errcode: 0, errmsg: 'ok' }
    }),
  ]
}

/** @throws {Errcode} 45015 where the person's last act is too long ago, 45047 for too many messages since */
function checkWindow(
  entries: ReturnType<Conversations['of']>,
  { since, count }: { since: number; count: number },
) {
  const last = entries.findLastIndex((entry) => entry.from === 'person' && isAct(entry.push))
  const act = entries[last]
  if (!act || act.at < since) throw new Errcode(45015)
  const sent = entries.slice(last).filter((entry) => entry.from === 'account' && entry.via === 'custom')
  if (sent.length >= count) throw new Errcode(45047)
}

function readMessage(body: z.output<typeof customBody>, { media }: Platform): AccountMessage {
  const known = <Part extends { media_id: string }>(part: Part | undefined): Part => {
    const given = need(part)
    if (!media.get(given.media_id)) throw new Errcode(40007)
    return given
  }
  switch (body.msgtype) {
    case 'text': {
      const { content } = need(body.text)
      if (content === '') throw new Errcode(44004)
      if (Buffer.byteLength(content) > 2048) throw new Errcode(45002)
      return { msgType: 'text', content }
    }
    case 'image':
      return { msgType: 'image', mediaId: known(body.image).media_id }
    case 'voice':
      return { msgType: 'voice', mediaId: known(body.voice).media_id }
    case 'video': {
      const { media_id: mediaId, title, description } = known(body.video)
      return { msgType: 'video', mediaId, title, description }
    }
    case 'music': {
      const { title, description, musicurl: musicUrl, hqmusicurl: hqMusicUrl } = need(body.music)
      return { msgType: 'music', title, description, musicUrl, hqMusicUrl }
    }
    case 'news': {
      const { articles } = need(body.news)
      if (articles.length !== 1) throw new Errcode(45008) // one since 2018-10-12 (believed)
      return {
        msgType: 'news',
        articles: articles.map(({ title, description, url, picurl }) => ({
          title,
          description,
          url,
          picUrl: picurl,
        })),
      }
    }
    default:
      throw new Errcode(40008)
  }
}

function need<Part>(part: Part | undefined): Part {
  if (part === undefined) throw new Errcode(47001)
  return part
}
