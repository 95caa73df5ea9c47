import type { Request } from 'express'
import { z } from 'zod'
import { either, post, type Endpoint } from '../api/endpoint.ts'
import { Errcode } from '../api/errcode.ts'
import { articleAddress } from '../articles/articleItem.ts'
import { findNews, newsMessage } from '../articles/newsMessage.ts'
import type { AccountMessage } from '../messages/accountMessage.ts'
import { need } from '../messages/mediaOf.ts'
import { demand } from '../permissions.ts'
import type { Platform } from '../platform.ts'
import { massMessage, massParts, previewMessage } from './massBody.ts'
import { checkQuota, sendToMany } from './sendToMany.ts'

const text = z.string()
const sending = massParts.extend({ clientmsgid: text.optional() })
const filter = z.object({
  is_to_all: z.boolean().default(false),
  tag_id: z.coerce.number().int().optional(),
  // The name of a tag when tags were groups.
  group_id: z.coerce.number().int().optional(),
})
const allBody = sending.extend({ filter })
const listBody = sending.extend({ touser: z.array(text) })
const previewBody = massParts.extend({ touser: text.optional(), towxname: text.optional() })
const msgId = z.union([text, z.number()])
const deleteBody = z.object({
  msg_id: msgId.optional(),
  url: text.optional(),
  article_idx: z.coerce.number().int().min(0).default(0),
})
const OK = { errcode: 0, errmsg: 'ok' }
const SPEEDS = [80, 60, 45, 30, 10] // 10,000 people a minute

/** 群发: one message to all followers, to those with a tag, or to a list of them. */
export function massApis(platform: Platform): Endpoint[] {
  const { conversations, followers, identities, massMessages, people, publications, switches, tags } =
    platform

  return [
    post('/cgi-bin/message/mass/sendall', allBody, ({ body, req }) => {
      demand(switches, 'mass')
      const { is_to_all, tag_id = body.filter.group_id } = body.filter
      if (!is_to_all && tag_id === undefined) throw new Errcode(40097)
      const openids = is_to_all || tag_id === undefined ? followers.list() : tags.with(tags.known(tag_id).id)
      return send(body, req, { openids, isToAll: is_to_all })
    }),
    post('/cgi-bin/message/mass/send', listBody, ({ body, req }) => {
      demand(switches, 'massToOpenids')
      const openids = [...new Set(body.touser)]
      if (openids.length < 2) throw new Errcode(40130)
      if (openids.length > 10_000) throw new Errcode(40032)
      if (openids.some((openid) => !identities.personOf(openid))) throw new Errcode(40003)
      return send(body, req, { openids, isToAll: false })
    }),
    post('/cgi-bin/message/mass/preview', previewBody, ({ body, req }) => {
      demand(switches, 'mass')
      // Somebody's WeChat id goes before an openid; here it is the person's own.
      const named = body.towxname === undefined ? undefined : people.find(({ id }) => id === body.towxname)
      if (body.towxname !== undefined && !named) throw new Errcode(40132)
      const openid = named ? identities.openidOf(named) : need(body.touser)
      if (!identities.personOf(openid)) throw new Errcode(40003)
      if (!followers.has(openid)) throw new Errcode(43004)
      const message = previewMessage(platform, req, body)
      conversations.add(openid, { from: 'account', via: 'preview', message })
      return { errcode: 0, errmsg: 'preview success', msg_id: massMessages.nextId() }
    }),
    post('/cgi-bin/message/mass/get', z.object({ msg_id: msgId }), ({ body }) => {
      demand(switches, 'mass')
      const message = massMessages.get(body.msg_id)
      if (!message) throw new Errcode(40059)
      const status = message.outcome === 'send success' ? 'SEND_SUCCESS' : 'SEND_FAIL'
      return { msg_id: message.id, msg_status: message.isDeleted ? 'DELETE' : status }
    }),
    post('/cgi-bin/message/mass/delete', deleteBody, ({ body: { msg_id, url, article_idx } }) => {
      demand(switches, 'mass')
      const message = msg_id === undefined ? byAddress(url) : massMessages.get(msg_id)
      if (!message) throw new Errcode(40059)
      // Only articles and videos can be taken back; of the rest people have a copy (删除群发).
      if (message.articleId !== undefined) {
        const at = article_idx === 0 ? undefined : article_idx - 1
        if (!publications.remove(message.articleId, at)) throw new Errcode(40060)
        const left = publications.get(message.articleId)
        if (left && left.deleted.size < left.articles.length) return OK
      }
      massMessages.markDeleted(message.id)
      return OK
    }),
    either('/cgi-bin/message/mass/speed/get', z.object({}), () => {
      demand(switches, 'mass')
      return { speed: massMessages.speed, realspeed: SPEEDS[massMessages.speed] }
    }),
    post('/cgi-bin/message/mass/speed/set', z.object({ speed: z.number().optional() }), ({ body }) => {
      demand(switches, 'mass')
      if (body.speed === undefined) throw new Errcode(45084)
      if (SPEEDS[body.speed] === undefined) throw new Errcode(45083)
      massMessages.speed = body.speed
      return OK
    }),
  ]

  function send(
    body: z.output<typeof sending>,
    req: Request,
    { openids, isToAll }: { openids: string[]; isToAll: boolean },
  ) {
    const { clientmsgid: clientId } = body
    if (clientId !== undefined && Buffer.byteLength(clientId) > 64) throw new Errcode(45067)
    const before = clientId === undefined ? undefined : massMessages.byClientId(clientId)
    if (before) throw new Errcode(45065, undefined, { msg_id: before.id })
    checkQuota(platform, { isToAll })
    const { message, articleId, urls } = prepare(body, req)
    const { id, dataId } = sendToMany(platform, { message, openids, isToAll, clientId, articleId, urls })
    const msg_data_id = articleId === undefined ? {} : { msg_data_id: dataId }
    return { errcode: 0, errmsg: 'send job submission success', msg_id: id, ...msg_data_id }
  }

  // A draft that is sent is none any more: its articles have an address that stays.
  function prepare(
    body: z.output<typeof sending>,
    req: Request,
  ): { message: AccountMessage; articleId: string | undefined; urls: string[] } {
    if (body.msgtype !== 'mpnews')
      return { message: massMessage(platform, body), articleId: undefined, urls: [] }
    const { media_id } = need(body.mpnews)
    const articles = findNews(platform, media_id)
    const { articleId } = publications.add(articles, { listed: false })
    platform.drafts.remove(media_id)
    const urls = articles.map((_, at) => articleAddress(platform, req, articleId, at))
    return { message: newsMessage(platform, req, articleId, articles), articleId, urls }
  }

  function byAddress(url = '') {
    const articleId = /\/s\/([\w-]+)\/\d+$/.exec(url)?.[1]
    return articleId === undefined
      ? undefined
      : massMessages.list().find((message) => message.articleId === articleId)
  }
}
