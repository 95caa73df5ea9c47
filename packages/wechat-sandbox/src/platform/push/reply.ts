import type { AccountMessage } from '../messages/accountMessage.ts'
import type { PushSettings } from '../account.ts'
import { signPush, unseal } from './envelope.ts'
import { child, childText, readXml, type XmlElement } from './xml.ts'

export interface ReplyContext extends PushSettings {
  appId: string
  /** The account's original id, which a reply must come from. */
  originalId: string
  /** Whom the reply must be for. */
  openid: string
  /** How many articles a reply to this push may have; the rest is cut. */
  articles: number
  /** Whether a music reply may do without its picture. */
  musicNeedsThumb: boolean
}

/**
 * Reads what a server answered to a push: nothing to say, or a message.
 *
 * @throws {Error} that says why WeChat would not take the answer, and tell the person of a failure
 * @see https://developers.weixin.qq.com/doc/offiaccount/Message_Management/Passive_user_reply_message.html
 */
export function readReply(body: string, context: ReplyContext): AccountMessage | undefined {
  if (body === '' || body === 'success') return undefined
  const outer = readXml(body)
  const encrypted = childText(outer, 'Encrypt')
  if (encrypted === undefined) {
    if (context.mode === 'safe') throw new Error('in safe mode a reply is encrypted')
    return readMessage(outer, context)
  }
  if (context.mode === 'plain') throw new Error('in plain mode a reply is not encrypted')
  return readMessage(readXml(open(outer, encrypted, context)), context)
}

function open(outer: XmlElement, encrypted: string, { token, encodingAesKey, appId }: ReplyContext): string {
  const [claimed, timestamp, nonce] = ['MsgSignature', 'TimeStamp', 'Nonce'].map((name) =>
    childText(outer, name),
  )
  if (!claimed || !timestamp || !nonce)
    throw new Error('an encrypted reply has Encrypt, MsgSignature, TimeStamp and Nonce')
  if (claimed !== signPush(token, timestamp, nonce, encrypted))
    throw new Error('MsgSignature is not made of token, TimeStamp, Nonce and Encrypt')
  const opened = unseal(encrypted, encodingAesKey)
  if (opened.appId !== appId)
    throw new Error(`the encrypted reply ends in "${opened.appId}", not in the AppID`)
  return opened.message
}

function readMessage(root: XmlElement, context: ReplyContext): AccountMessage {
  const { openid, originalId, articles } = context
  const need = (element: XmlElement | undefined, name: string): string => {
    const value = element && childText(element, name)
    if (!value) throw new Error(`the reply has no ${name}`)
    return value
  }
  if (root.name !== 'xml') throw new Error('the reply is not an <xml> element')
  if (need(root, 'ToUserName') !== openid) throw new Error('ToUserName is not the person who wrote')
  if (need(root, 'FromUserName') !== originalId) throw new Error('FromUserName is not the account')
  if (!/^\d+$/.test(need(root, 'CreateTime'))) throw new Error('CreateTime is not a number of seconds')
  const may = (element: XmlElement | undefined, name: string) => (element && childText(element, name)) ?? ''

  const msgType = need(root, 'MsgType')
  switch (msgType) {
    case 'text':
      return { msgType, content: need(root, 'Content') }
    case 'image':
      return { msgType, mediaId: need(child(root, 'Image'), 'MediaId') }
    case 'voice':
      return { msgType, mediaId: need(child(root, 'Voice'), 'MediaId') }
    case 'video': {
      const video = child(root, 'Video')
      const [title, description] = [may(video, 'Title'), may(video, 'Description')]
      return { msgType, mediaId: need(video, 'MediaId'), title, description }
    }
    case 'music': {
      const music = child(root, 'Music')
      if (context.musicNeedsThumb) need(music, 'ThumbMediaId')
      const [title, description] = [may(music, 'Title'), may(music, 'Description')]
      return {
        msgType,
        title,
        description,
        musicUrl: may(music, 'MusicUrl'),
        hqMusicUrl: may(music, 'HQMusicUrl'),
      }
    }
    case 'news': {
      const items = child(root, 'Articles')?.children.filter(({ name }) => name === 'item') ?? []
      if (Number(need(root, 'ArticleCount')) !== items.length || items.length === 0)
        throw new Error(`ArticleCount is not the number of items, which is ${items.length}`)
      return {
        msgType,
        articles: items.slice(0, articles).map((item) => ({
          title: need(item, 'Title'),
          description: may(item, 'Description'),
          picUrl: may(item, 'PicUrl'),
          url: may(item, 'Url'),
        })),
      }
    }
    case 'transfer_customer_service':
      return { msgType, kfAccount: may(child(root, 'TransInfo'), 'KfAccount') || undefined }
    default:
      throw new Error(`there is no reply of type "${msgType}"`)
  }
}
