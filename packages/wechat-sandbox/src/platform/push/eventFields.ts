import type { z } from 'zod'
import type { eventSchema } from './events.ts'
import { jobEventFields } from './jobEvents.ts'
import type { XmlFields } from './xml.ts'

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
      return {
        Event,
        EventKey: push.eventKey,
        MenuId: push.menuId === undefined ? undefined : BigInt(push.menuId),
      }
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
    case 'MASSSENDJOBFINISH':
    case 'PUBLISHJOBFINISH':
    case 'kf_create_session':
    case 'kf_close_session':
      return { Event, ...jobEventFields(push) }
  }
}
