import { z } from 'zod'
import { Errcode } from '../api/errcode.ts'
import { accountMay } from '../permissions.ts'
import type { Platform } from '../platform.ts'
import { fillTemplate } from './templates.ts'
import { post, type Endpoint } from '../api/endpoint.ts'

const data = z.record(z.string(), z.object({ value: z.union([z.string(), z.number()]) }))
const miniprogram = z.object({ appid: z.string(), pagepath: z.string().optional() }).optional()
const templateBody = z.object({
  touser: z.string(),
  template_id: z.string(),
  url: z.string().optional(),
  miniprogram,
  data,
})
const noticeBody = z.object({
  touser: z.string(),
  template_id: z.string(),
  page: z.string().optional(),
  miniprogram,
  data,
})

/** Template messages to followers, and subscription notices to those who wanted one. */
export function templateApis(platform: Platform): Endpoint[] {
  const { account, conversations, followers, identities, push, subscriptions, switches } = platform
  let lastMsgId = 200_228_331
  const receiver = (openid: string) => {
    if (!accountMay(switches, 'template')) throw new Errcode(48001)
    const person = identities.personOf(openid)
    if (!person) throw new Errcode(40003)
    return person
  }
  const findTemplate = (id: string, kind: 'template' | 'notice') =>
    account.templates.find((one) => one.id === id && one.kind === kind)

  return [
    post('/cgi-bin/message/template/send', templateBody, ({ body }) => {
      const person = receiver(body.touser)
      const template = findTemplate(body.template_id, 'template')
      const fields = fillTemplate(template, body.data)
      if (!followers.has(body.touser)) throw new Errcode(43004)
      const msgid = ++lastMsgId
      const isBlocked = switches.get('messagesBlocked')
      const message = { msgType: 'template', title: template?.title ?? '', fields, url: body.url } as const
      if (!isBlocked) conversations.add(body.touser, { from: 'account', via: 'template', message })
      void push.send(person, {
        msgType: 'event',
        event: 'TEMPLATESENDJOBFINISH',
        msgId: msgid,
        status: isBlocked ? 'failed:user block' : 'success',
      })
      return { errcode: 0, errmsg: 'ok', msgid }
    }),

    post('/cgi-bin/message/subscribe/bizsend', noticeBody, ({ body }) => {
      const person = receiver(body.touser)
      const template = findTemplate(body.template_id, 'notice')
      const fields = fillTemplate(template, body.data)
      const isWanted = !switches.get('messagesBlocked') && subscriptions.use(body.touser, body.template_id)
      if (!isWanted) throw new Errcode(43101)
      const message = { msgType: 'template', title: template?.title ?? '', fields, url: body.page } as const
      conversations.add(body.touser, { from: 'account', via: 'subscribe', message })
      const msgId = ++lastMsgId
      const templateId = body.template_id
      void push.send(person, { msgType: 'event', event: 'subscribe_msg_sent_event', templateId, msgId })
      return { errcode: 0, errmsg: 'ok' }
    }),
  ]
}
