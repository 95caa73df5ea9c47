import { Errcode } from '../api/errcode.ts'
import type { AccountMessage } from '../messages/accountMessage.ts'
import type { Platform } from '../platform.ts'
import type { MassMessage } from './massMessages.ts'

interface Sending {
  message: AccountMessage
  openids: readonly string[]
  isToAll: boolean
  clientId: string | undefined
  articleId: string | undefined
  /** Of its articles. */
  urls: string[]
}

/**
 * Sends a message to everybody who may still get one this month, and tells the account's server how it went.
 *
 * @see https://developers.weixin.qq.com/doc/offiaccount/Message_Management/Batch_Sends_and_Originality_Checks.html
 */
export function sendToMany(platform: Platform, { message, openids, urls, ...about }: Sending): MassMessage {
  const { blacklist, conversations, followers, massMessages, people, push, switches } = platform
  const outcome = switches.get('massOutcome')
  const most = switches.get('massPerMonth')
  const isService = switches.get('account') !== 'subscription'
  const mayGet = (openid: string) =>
    followers.has(openid) &&
    !blacklist.has(openid) &&
    (!isService || massMessages.receivedThisMonth(openid) < most)
  const receivers = openids.filter(mayGet)
  const isSent = outcome === 'send success'
  const noted = massMessages.add({ ...about, outcome, receivers: isSent ? receivers.length : 0 })
  for (const openid of isSent ? receivers : []) {
    massMessages.note(openid)
    conversations.add(openid, { from: 'account', via: 'mass', message })
  }
  void push.send(people[0], {
    msgType: 'event',
    event: 'MASSSENDJOBFINISH',
    msgId: noted.id,
    status: outcome,
    total: openids.length,
    filtered: receivers.length,
    sent: isSent ? receivers.length : 0,
    failed: isSent ? 0 : receivers.length,
    urls: isSent ? urls : [],
  })
  return noted
}

/**
 * A service account may send to all four times a month; to some of its followers it may send more often, and each of
 * them gets four a month. Other accounts may send once a day.
 *
 * @throws {Errcode} 45028
 */
export function checkQuota({ massMessages, switches }: Platform, { isToAll }: { isToAll: boolean }): void {
  const isSubscription = switches.get('account') === 'subscription'
  const used = isSubscription
    ? massMessages.sent('day')
    : massMessages.sent('month', (message) => message.isToAll)
  const most = isSubscription ? 1 : switches.get('massPerMonth')
  if ((isSubscription || isToAll) && used >= most) throw new Errcode(45028)
}
