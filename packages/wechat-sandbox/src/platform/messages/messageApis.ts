import { z } from 'zod'
import { post, type Endpoint } from '../api/endpoint.ts'
import { Errcode } from '../api/errcode.ts'
import type { Conversations, Entry } from '../conversations.ts'
import { knownSender } from '../customservice/staffApis.ts'
import { demand } from '../permissions.ts'
import type { Platform } from '../platform.ts'
import { isAct } from '../push/kinds.ts'
import { customBody, customMessage } from './customMessage.ts'

const typingBody = z.object({ touser: z.string(), command: z.string() })
const TYPING = { afterMessage: 30_000, lasts: 15_000 } // 客服输入状态
const LARGEST = 16_384
const OK = { errcode: 0, errmsg: 'ok' }

/** 客服消息: the account writes to a person who has lately turned to it. */
export function messageApis(platform: Platform): Endpoint[] {
  const { conversations, followers, identities, now, switches } = platform
  const checkReceiver = (openid: string) => {
    demand(switches, 'customMessage')
    if (!identities.personOf(openid)) throw new Errcode(40003)
    if (!followers.has(openid)) throw new Errcode(43004)
  }
  return [
    post('/cgi-bin/message/custom/send', customBody, ({ body, req }) => {
      const { touser } = body
      checkReceiver(touser)
      const message = customMessage(platform, req, body)
      // The sandbox's own bound, for messages that have none.
      if (JSON.stringify(message).length > LARGEST) throw new Errcode(45002)
      const kfAccount = knownSender(platform, body.customservice?.kf_account)
      checkWindow(conversations.of(touser), {
        since: now() - switches.get('customWindowHours') * 3_600_000,
        count: switches.get('customMessages'),
      })
      const by = kfAccount === undefined ? {} : { kfAccount }
      conversations.add(touser, { from: 'account', via: 'custom', message, ...by })
      return OK
    }),

    post('/cgi-bin/message/custom/typing', typingBody, ({ body: { touser, command } }) => {
      checkReceiver(touser)
      if (command === 'CancelTyping') {
        conversations.stopTyping(touser)
        return OK
      }
      if (command !== 'Typing') throw new Errcode(45072)
      const last = lastAct(conversations.of(touser))
      if (!last || last.at < now() - TYPING.afterMessage) throw new Errcode(45080)
      if (conversations.typingUntil(touser) !== undefined) throw new Errcode(45081)
      conversations.startTyping(touser, TYPING.lasts)
      return OK
    }),
  ]
}

const lastAct = (entries: readonly Entry[]): Entry | undefined =>
  entries.findLast((entry) => entry.from === 'person' && isAct(entry.push))

/** @throws {Errcode} 45015 where the person's last act is too long ago, 45047 for too many messages since */
function checkWindow(
  entries: ReturnType<Conversations['of']>,
  { since, count }: { since: number; count: number },
) {
  const act = lastAct(entries)
  if (!act || act.at < since) throw new Errcode(45015)
  const after = entries.slice(entries.indexOf(act))
  const sent = after.filter((entry) => entry.from === 'account' && entry.via === 'custom')
  if (sent.length >= count) throw new Errcode(45047)
}
