import { Reader } from './fieldReader.ts'
import { PushError } from './pushError.ts'
import type { PushFields } from './xml.ts'

interface Common {
  /** The account's original id, `gh_…`. */
  toUserName: string
  /** The openid of the person, or WeChat itself for events about an authorization. */
  fromUserName: string
  /** Seconds since 1970. */
  createTime: number
  /** Everything that was sent, under WeChat's own names. */
  fields: PushFields
}

interface Message extends Common {
  /** 64 bits: a string, because a number would lose its end. */
  msgId: string
}

const MESSAGES = {
  text: (f: Reader) => ({ content: f.text('Content') }),
  image: (f: Reader) => ({ picUrl: f.text('PicUrl'), mediaId: f.text('MediaId') }),
  voice: (f: Reader) => ({
    mediaId: f.text('MediaId'),
    format: f.text('Format'),
    recognition: f.text('Recognition'),
  }),
  video: (f: Reader) => ({ mediaId: f.text('MediaId'), thumbMediaId: f.text('ThumbMediaId') }),
  shortvideo: (f: Reader) => ({ mediaId: f.text('MediaId'), thumbMediaId: f.text('ThumbMediaId') }),
  location: (f: Reader) => ({
    latitude: f.number('Location_X'),
    longitude: f.number('Location_Y'),
    scale: f.number('Scale'),
    label: f.text('Label'),
  }),
  link: (f: Reader) => ({ title: f.text('Title'), description: f.text('Description'), url: f.text('Url') }),
}

const menuEvent = (f: Reader) => ({ eventKey: f.text('EventKey') })
const scanCode = (f: Reader) => ({
  eventKey: f.text('EventKey'),
  scanType: f.inside('ScanCodeInfo').text('ScanType'),
  scanResult: f.inside('ScanCodeInfo').text('ScanResult'),
})
const pictures = (f: Reader) => ({
  eventKey: f.text('EventKey'),
  pictures: f
    .inside('SendPicsInfo')
    .inside('PicList')
    .list('item')
    .map((item) => item.text('PicMd5Sum')),
})
// The person's openid is in OpenID here: these come from WeChat itself.
const authorization = (f: Reader) => ({
  openid: f.text('OpenID', 'openid'),
  appId: f.text('AppID', 'appid'),
  unionid: f.text('UnionID', 'unionid'),
  revokeInfo: f.text('RevokeInfo').split(',').filter(Boolean),
})

const EVENTS = {
  subscribe: (f: Reader) => ({ scene: sceneOf(f.text('EventKey')), ticket: f.text('Ticket') }),
  unsubscribe: () => ({}),
  SCAN: (f: Reader) => ({ scene: f.text('EventKey'), ticket: f.text('Ticket') }),
  LOCATION: (f: Reader) => ({
    latitude: f.number('Latitude'),
    longitude: f.number('Longitude'),
    precision: f.number('Precision'),
  }),
  CLICK: menuEvent,
  VIEW: menuEvent,
  view_miniprogram: (f: Reader) => ({ eventKey: f.text('EventKey'), menuId: f.text('MenuId') }),
  scancode_push: scanCode,
  scancode_waitmsg: scanCode,
  pic_sysphoto: pictures,
  pic_photo_or_album: pictures,
  pic_weixin: pictures,
  location_select: (f: Reader) => {
    const sent = f.inside('SendLocationInfo')
    return {
      eventKey: f.text('EventKey'),
      latitude: sent.number('Location_X'),
      longitude: sent.number('Location_Y'),
      label: sent.text('Label'),
      poiname: sent.text('Poiname'),
    }
  },
  TEMPLATESENDJOBFINISH: (f: Reader) => ({ msgId: f.text('MsgID'), status: f.text('Status') }),
  subscribe_msg_popup_event: (f: Reader) => ({ answers: templateAnswers(f, 'SubscribeMsgPopupEvent') }),
  subscribe_msg_change_event: (f: Reader) => ({ answers: templateAnswers(f, 'SubscribeMsgChangeEvent') }),
  subscribe_msg_sent_event: (f: Reader) => ({
    sent: f
      .inside('SubscribeMsgSentEvent')
      .list('List')
      .map((item) => ({
        templateId: item.text('TemplateId'),
        msgId: item.text('MsgID'),
        errorCode: item.number('ErrorCode'),
        errorStatus: item.text('ErrorStatus'),
      })),
  }),
  user_info_modified: authorization,
  user_authorization_revoke: authorization,
  user_authorization_cancellation: authorization,
}

type MessagePush = {
  [K in keyof typeof MESSAGES]: { kind: `message.${K}` } & Message & ReturnType<(typeof MESSAGES)[K]>
}[keyof typeof MESSAGES]
type EventPush = {
  [K in keyof typeof EVENTS]: { kind: `event.${K}` } & Common & ReturnType<(typeof EVENTS)[K]>
}[keyof typeof EVENTS]
/** A type that this version does not know; its `fields` hold what was sent. */
export interface UnknownPush extends Common {
  kind: 'unknown'
  msgType: string
  event: string | undefined
  msgId: string
}

/** What WeChat sends to the callback address, told apart by `kind`: `message.text`, `event.subscribe`, … */
export type Push = MessagePush | EventPush | UnknownPush
export type PushKind = Push['kind']
export type PushOf<K extends PushKind> = Extract<Push, { kind: K }>

/**
 * Gives the fields of a push their names and types. A type that is not known is kept as it is.
 *
 * @throws {PushError} `malformed`: without sender, receiver, time or type it is no push
 * @see https://developers.weixin.qq.com/doc/offiaccount/Message_Management/Receiving_standard_messages.html
 */
export function toPush(fields: PushFields): Push {
  const f = new Reader(fields)
  const [toUserName, fromUserName, msgType] = [
    f.text('ToUserName'),
    f.text('FromUserName'),
    f.text('MsgType'),
  ]
  const createTime = f.number('CreateTime')
  if (!toUserName || !fromUserName || !msgType || !Number.isSafeInteger(createTime) || createTime <= 0) {
    const hint =
      'Encrypt' in fields ? ' It is encrypted, and there is no encodingAesKey to read it with.' : ''
    throw new PushError('malformed', `The body is no message of WeChat's.${hint}`)
  }
  const common = { toUserName, fromUserName, createTime, fields }
  const event = msgType === 'event' ? f.text('Event') : undefined
  const msgId = f.text('MsgId', 'MsgID')
  if (isKeyOf(MESSAGES, msgType))
    return { ...common, ...MESSAGES[msgType](f), kind: `message.${msgType}`, msgId } as MessagePush
  if (event !== undefined && isKeyOf(EVENTS, event))
    return { ...common, ...EVENTS[event](f), kind: `event.${event}` } as EventPush
  return { ...common, kind: 'unknown', msgType, event, msgId }
}

/**
 * What is the same for every delivery of one push and different for any other: the MsgId and the sender of a message.
 * Events have no id, and sender, time, event and key do not tell all of them apart: of what WeChat tells about an
 * authorization it is the sender itself, for everybody. So all that was sent counts, which a repetition repeats.
 *
 * @see https://developers.weixin.qq.com/doc/offiaccount/Message_Management/Receiving_event_pushes.html
 */
export function pushIdentity({ fromUserName, fields }: Push): string {
  const f = new Reader(fields)
  const msgId = f.text('MsgId', 'MsgID')
  return f.text('MsgType') !== 'event' && msgId
    ? JSON.stringify(['message', fromUserName, msgId])
    : JSON.stringify(['event', fields])
}

/** The scene of the QR code that led here; undefined for a follow without one. */
function sceneOf(eventKey: string): string | undefined {
  return eventKey.startsWith('qrscene_') ? eventKey.slice('qrscene_'.length) : undefined
}

function templateAnswers(f: Reader, name: string) {
  return f
    .inside(name)
    .list('List')
    .map((item) => ({
      templateId: item.text('TemplateId'),
      accepted: item.text('SubscribeStatusString') === 'accept',
    }))
}

function isKeyOf<T extends object>(table: T, name: string): name is string & keyof T {
  return Object.hasOwn(table, name)
}
