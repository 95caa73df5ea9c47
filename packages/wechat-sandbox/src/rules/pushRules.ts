import { ASSUMED, believed, certain, rulesOf, type Rule } from './rule.ts'

const REPLIES = '被动回复用户消息'
const CRYPTO = '消息加解密说明'

/** Messages and events, and what the account's server answers. */
export const PUSH_RULES: Rule[] = [
  ...rulesOf('platform/push/request.ts', [
    certain(
      '`signature` is SHA-1 over the sorted token, timestamp and nonce; the check of the address is a GET',
      CRYPTO,
    ),
    certain(
      'in encrypted modes `msg_signature` covers `Encrypt` too, and `encrypt_type=aes` is added',
      CRYPTO,
    ),
    certain(
      'compatible mode sends plain elements and `Encrypt`, safe mode only `ToUserName` and `Encrypt`',
      CRYPTO,
    ),
    believed('`openid` stands in the query in plain mode too'),
    believed('the check of the address is not encrypted in any mode', CRYPTO),
  ]),
  ...rulesOf('platform/push/envelope.ts', [
    certain(
      'AES-256-CBC, padded to 32 bytes, over 16 random bytes, the length, the message and the AppID',
      CRYPTO,
    ),
  ]),
  ...rulesOf('platform/push/messages.ts', [
    certain(
      'seven types of messages with their elements; a message has a `MsgId` of 64 bits',
      '接收普通消息',
    ),
  ]),
  ...rulesOf('platform/push/events.ts', [
    certain('following, QR codes, place, menu items, template and subscription events', '接收事件推送'),
    certain(
      'changed, revoked and ended authorisations come from the platform and name the `OpenID`',
      '授权用户信息变更',
    ),
  ]),
  ...rulesOf('platform/push/deliver.ts', [
    certain('a server has 5 seconds to answer', REPLIES, 'pushTimeout'),
    believed('who does not answer is asked 3 times more, at once', '接收普通消息', 'pushRetries'),
    believed('any answer ends the deliveries, also a redirect or an error', ASSUMED),
  ]),
  ...rulesOf('platform/push/pushes.ts', [
    certain('a repeated delivery has the same `MsgId` and `CreateTime`', '接收普通消息'),
    certain('no answer or an invalid one: the person reads that the service has failed', REPLIES),
    believed('they read it after messages, follows, scans and menu keys, not after other events', ASSUMED),
    certain('saving a server configuration asks the server first, and counts at once', '消息与事件推送介绍'),
  ]),
  ...rulesOf('platform/push/reply.ts', [
    certain('`success` and nothing at all are answers, in every mode', CRYPTO),
    certain('replies: text, image, voice, video, music, news, transfer to customer service', REPLIES),
    certain('one article answers a message, up to 8 an event; more are cut', REPLIES),
    certain('in safe mode a reply is encrypted, with a MsgSignature over its own time and nonce', CRYPTO),
    believed('a reply that is not from the account to the person is invalid', ASSUMED),
  ]),
]
