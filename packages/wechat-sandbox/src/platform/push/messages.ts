import { z } from 'zod'
import { eventFields } from './eventFields.ts'
import { eventSchema, type PushEvent } from './events.ts'
import type { XmlFields } from './xml.ts'

const text = z.string()

/** What a person writes to the account. */
const personMessageSchema = z.discriminatedUnion('msgType', [
  // With a menu id: the person has tapped an item of a menu message.
  z.object({ msgType: z.literal('text'), content: text, menuId: text.optional() }),
  z.object({ msgType: z.literal('image'), picUrl: text, mediaId: text }),
  z.object({ msgType: z.literal('voice'), mediaId: text, format: text.default('amr') }),
  z.object({ msgType: z.literal('video'), mediaId: text, thumbMediaId: text }),
  z.object({ msgType: z.literal('shortvideo'), mediaId: text, thumbMediaId: text }),
  z.object({
    msgType: z.literal('location'),
    latitude: z.number(),
    longitude: z.number(),
    scale: z.number().default(20),
    label: text,
  }),
  z.object({ msgType: z.literal('link'), title: text, description: text, url: text }),
])

/** Everything that WeChat pushes to a server: messages and events. */
export const pushSchema = z.union([personMessageSchema, eventSchema])

export type PersonMessage = z.input<typeof personMessageSchema>
export type Push = PersonMessage | PushEvent

export interface Envelope {
  to: string
  from: string
  /** Seconds since 1970. */
  createTime: number
  /** Messages have one, events have none. */
  msgId: bigint
  openid: string
  appId: string
}

/**
 * The elements of a push, in the platform's order.
 *
 * @see https://developers.weixin.qq.com/doc/offiaccount/Message_Management/Receiving_standard_messages.html
 */
export function pushFields(push: z.output<typeof pushSchema>, envelope: Envelope): XmlFields {
  const head = { ToUserName: envelope.to, FromUserName: envelope.from, CreateTime: envelope.createTime }
  if (push.msgType === 'event') {
    return {
      ...head,
      MsgType: 'event',
      ...eventFields(push, { openid: envelope.openid, appId: envelope.appId }),
    }
  }
  const tapped = push.msgType === 'text' ? { bizmsgmenuid: push.menuId } : {}
  return { ...head, MsgType: push.msgType, ...messageFields(push), MsgId: envelope.msgId, ...tapped }
}

function messageFields(message: z.output<typeof personMessageSchema>): XmlFields {
  switch (message.msgType) {
    case 'text':
      return { Content: message.content }
    case 'image':
      return { PicUrl: message.picUrl, MediaId: message.mediaId }
    case 'voice':
      return { MediaId: message.mediaId, Format: message.format }
    case 'video':
    case 'shortvideo':
      return { MediaId: message.mediaId, ThumbMediaId: message.thumbMediaId }
    case 'location':
      return {
        Location_X: message.latitude,
        Location_Y: message.longitude,
        Scale: message.scale,
        Label: message.label,
      }
    case 'link':
      return { Title: message.title, Description: message.description, Url: message.url }
  }
}
