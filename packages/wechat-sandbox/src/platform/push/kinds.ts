import type { Push } from './messages.ts'

// 客服消息: after these the account may write of its own accord. Opening a page is none.
const ACTS = ['subscribe', 'SCAN', 'CLICK', 'scancode_push', 'scancode_waitmsg']
// After these the person waits for an answer; of the rest nobody hears (believed).
const AWAITED = ['subscribe', 'SCAN', 'CLICK', 'scancode_waitmsg']
// What the platform did and not the person; it stands in no conversation.
const OUTCOMES = [
  ...['TEMPLATESENDJOBFINISH', 'subscribe_msg_sent_event', 'MASSSENDJOBFINISH', 'PUBLISHJOBFINISH'],
  ...['kf_create_session', 'kf_close_session'],
]
// 群发, 发布能力: these are about nobody; they come from the platform's assistant.
const OF_ASSISTANT = ['MASSSENDJOBFINISH', 'PUBLISHJOBFINISH']
const ASSISTANT = 'mphelper'
// 授权用户信息变更: these come from the platform and name the person inside.
const CHANGES = ['user_info_modified', 'user_authorization_revoke', 'user_authorization_cancellation']
// Only that it is not the openid is known; the value is the sandbox's own.
const PLATFORM_SENDER = 'gh_000000platform'

/** Whether a push tells of an act that lets the account write to the person. */
export function isAct(push: Push): boolean {
  return push.msgType !== 'event' || ACTS.includes(push.event)
}

/** Whether the person is told where the server fails. */
export function isAwaited(push: Push): boolean {
  return push.msgType !== 'event' || AWAITED.includes(push.event)
}

/** Whether the person did nothing for it. */
export function isOfPlatform(push: Push): boolean {
  return push.msgType === 'event' && [...OUTCOMES, ...CHANGES].includes(push.event)
}

/** Its `FromUserName`. */
export function senderOf(push: Push, openid: string): string {
  if (isAboutNobody(push)) return ASSISTANT
  return push.msgType === 'event' && CHANGES.includes(push.event) ? PLATFORM_SENDER : openid
}

/** Whether it names no person at all. */
export function isAboutNobody(push: Push): boolean {
  return push.msgType === 'event' && OF_ASSISTANT.includes(push.event)
}
