import { z } from 'zod'
import type { Wechat } from '../wechat.ts'

interface TemplateInput {
  openid: string
  /** Of a template that the account has added in the console. */
  templateId: string
  /** The values by the names that the template shows, e.g. `{ thing1: 'Tea' }`. */
  data: Record<string, string>
  /** Opened in place of the page. */
  miniProgram?: { appId: string; pagePath?: string }
}

export interface TemplateMessage extends TemplateInput {
  /** The page that a tap opens. */
  url?: string
}

export interface SubscribeMessage extends TemplateInput {
  /** The page that a tap opens. */
  page?: string
}

// Up to 19 digits: as a number it would lose the last ones.
const sentSchema = z.object({ msgid: z.union([z.number(), z.string()]).transform(String) })

/**
 * Sends a template message to a follower, from a verified service account. What became of it comes as the event
 * `TEMPLATESENDJOBFINISH`.
 *
 * @returns the message's id, as it is in that event
 * @throws {WechatApiError} 43004: does not follow; 40037: no such template; 47003: a value does not fit its field
 * @see https://developers.weixin.qq.com/doc/offiaccount/Message_Management/Template_Message_Interface.html
 */
export async function sendTemplateMessage(
  wechat: Pick<Wechat, 'api'>,
  message: TemplateMessage,
): Promise<{ msgId: string }> {
  const { msgid } = await wechat.api({
    method: 'POST',
    path: '/cgi-bin/message/template/send',
    body: { ...toBody(message), url: message.url },
    schema: sentSchema,
  })
  return { msgId: msgid }
}

/**
 * Sends a subscription notice to somebody who has allowed it, by `wx-open-subscribe`. One permission is good for one
 * notice, or for as long as the person has chosen.
 *
 * @throws {WechatApiError} 43101: not allowed, or taken back; 40037; 47003
 * @see https://developers.weixin.qq.com/doc/offiaccount/Subscription_Messages/api.html
 */
export async function sendSubscribeMessage(
  wechat: Pick<Wechat, 'api'>,
  message: SubscribeMessage,
): Promise<void> {
  await wechat.api({
    method: 'POST',
    path: '/cgi-bin/message/subscribe/bizsend',
    body: { ...toBody(message), page: message.page },
    schema: z.object({}),
  })
}

function toBody({ openid, templateId, data, miniProgram }: TemplateInput): Record<string, unknown> {
  return {
    touser: openid,
    template_id: templateId,
    data: Object.fromEntries(Object.entries(data).map(([name, value]) => [name, { value }])),
    ...(miniProgram && { miniprogram: { appid: miniProgram.appId, pagepath: miniProgram.pagePath } }),
  }
}
