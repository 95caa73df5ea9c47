import { z } from 'zod'
import type { XmlFields } from './xml.ts'

const text = z.string()
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
  z.object({ msgType, event: z.literal('VIEW'), eventKey: text, menuId: text.optional() }),
  z.object({ msgType, event: z.literal('view_miniprogram'), eventKey: text, menuId: text }),
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
])

export type PushEvent = z.input<typeof eventSchema>

/**
 * The elements of an event after its head.
 *
 * @see https://developers.weixin.qq.com/doc/offiaccount/Message_Management/Receiving_event_pushes.html
 */
export function eventFields(
  push: z.output<typeof eventSchema>,
  about: { openid: string; appId: string },
): XmlFields {
  const Event = push.event
  switch (push.event) {
    case 'subscribe':
      return { Event, EventKey: push.scene === undefined ? '' : `qrscene_${push.scene}`, Ticket: push.ticket }
    case 'unsubscribe':
      return { Event, EventKey: '' }
    case 'SCAN':
      return { Event, EventKey: push.scene, Ticket: push.ticket }
    case 'LOCATION':
      return { Event, Latitude: push.latitude, Longitude: push.longitude, Precision: push.precision }
    case 'CLICK':
      return { Event, EventKey: push.eventKey }
    case 'VIEW':
    case 'view_miniprogram':
      return { Event, EventKey: push.eventKey, MenuId: push.menuId }
    case 'scancode_push':
    case 'scancode_waitmsg':
      return {
        Event,
        EventKey: push.eventKey,
        ScanCodeInfo: { ScanType: push.scanType, ScanResult: push.scanResult },
      }
    case 'pic_sysphoto':
    case 'pic_photo_or_album':
    case 'pic_weixin':
      return {
        Event,
        EventKey: push.eventKey,
        SendPicsInfo: {
          Count: push.pictures.length,
          PicList: { item: push.pictures.map((PicMd5Sum) => ({ PicMd5Sum })) },
        },
      }
    case 'location_select':
      return {
        Event,
        EventKey: push.eventKey,
        SendLocationInfo: {
          Location_X: String(push.latitude),
          Location_Y: String(push.longitude),
          Scale: String(push.scale),
          Label: push.label,
          Poiname: push.poiName,
        },
      }
    case 'TEMPLATESENDJOBFINISH':
      return { Event, MsgID: push.msgId, Status: push.status }
    case 'subscribe_msg_popup_event':
      return {
        Event,
        SubscribeMsgPopupEvent: {
          List: push.templates.map(({ templateId, status, popupScene }) => ({
            TemplateId: templateId,
            SubscribeStatusString: status,
            PopupScene: popupScene,
          })),
        },
      }
    case 'subscribe_msg_change_event':
      return {
        Event,
        SubscribeMsgChangeEvent: {
          List: push.templates.map(({ templateId, status }) => ({
            TemplateId: templateId,
            SubscribeStatusString: status,
          })),
        },
      }
    case 'subscribe_msg_sent_event':
      return {
        Event,
        SubscribeMsgSentEvent: {
          List: {
            TemplateId: push.templateId,
            MsgID: push.msgId,
            ErrorCode: push.errorCode,
            ErrorStatus: push.errorStatus,
          },
        },
      }
    case 'user_info_modified':
    case 'user_authorization_revoke':
    case 'user_authorization_cancellation':
      return {
        Event,
        OpenID: about.openid,
        AppID: about.appId,
        UnionID: push.unionId,
        RevokeInfo: push.revokeInfo,
      }
  }
}
