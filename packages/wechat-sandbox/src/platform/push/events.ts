import { z } from 'zod'
import { jobEventSchemas } from './jobEvents.ts'

const text = z.string()
const digits = z.string().regex(/^\d+$/)
const msgType = z.literal('event')
const templateAnswer = { templateId: text, status: z.enum(['accept', 'reject']) }

/** What happens between a person and the account, as WeChat tells it to the server. */
export const eventSchema = z.discriminatedUnion('event', [
  // With a scene: the person came through a parametric QR code.
  z.object({ msgType, event: z.literal('subscribe'), scene: text.optional(), ticket: text.optional() }),
  z.object({ msgType, event: z.literal('unsubscribe') }),
  z.object({ msgType, event: z.literal('SCAN'), scene: text, ticket: text }),
  z.object({
    msgType,
    event: z.literal('LOCATION'),
    latitude: z.number(),
    longitude: z.number(),
    precision: z.number(),
  }),
  z.object({ msgType, event: z.literal('CLICK'), eventKey: text }),
  z.object({ msgType, event: z.literal('VIEW'), eventKey: text, menuId: digits.optional() }),
  z.object({ msgType, event: z.literal('view_miniprogram'), eventKey: text, menuId: digits }),
  z.object({
    msgType,
    event: z.enum(['scancode_push', 'scancode_waitmsg']),
    eventKey: text,
    scanType: text.default('qrcode'),
    scanResult: text,
  }),
  z.object({
    msgType,
    event: z.enum(['pic_sysphoto', 'pic_photo_or_album', 'pic_weixin']),
    eventKey: text,
    pictures: z.array(text).min(1),
  }),
  z.object({
    msgType,
    event: z.literal('location_select'),
    eventKey: text,
    latitude: z.number(),
    longitude: z.number(),
    scale: z.number().default(15),
    label: text,
    poiName: text.default(''),
  }),
  z.object({
    msgType,
    event: z.literal('TEMPLATESENDJOBFINISH'),
    msgId: z.number(),
    status: z.enum(['success', 'failed:user block', 'failed: system failed']),
  }),
  z.object({
    msgType,
    event: z.literal('subscribe_msg_popup_event'),
    templates: z.array(z.object({ ...templateAnswer, popupScene: z.number().default(1) })).min(1),
  }),
  z.object({
    msgType,
    event: z.literal('subscribe_msg_change_event'),
    templates: z.array(z.object(templateAnswer)).min(1),
  }),
  z.object({
    msgType,
    event: z.literal('subscribe_msg_sent_event'),
    templateId: text,
    msgId: z.number(),
    errorCode: z.number().default(0),
    errorStatus: text.default('success'),
  }),
  // RevokeInfo names what was taken back, e.g. 205 for nickname and avatar.
  z.object({
    msgType,
    event: z.enum(['user_info_modified', 'user_authorization_revoke', 'user_authorization_cancellation']),
    revokeInfo: text.optional(),
    unionId: text.optional(),
  }),
  ...jobEventSchemas,
])

export type PushEvent = z.input<typeof eventSchema>
