// WeChat's half of the callback address, for tests: real requests over a real socket.
import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { serverSignature } from '../../signature.ts'
import { createPushCipher } from '../cipher.ts'
import type { WechatPush } from '../wechatPush.ts'

export const ACCOUNT = {
  appId: 'wx5f3a9c0de1b27a84',
  token: 'aTokenOfOurs',
  encodingAesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
}

export interface Delivery {
  query: Record<string, string | string[]>
  body: string | Uint8Array
  headers?: Record<string, string>
}

/** The XML of a text message. */
export function textMessage(content: string, msgId: string, createTime = seconds()): string {
  return (
    `<xml><ToUserName><![CDATA[gh_4c1d9e7ab203]]></ToUserName><FromUserName><![CDATA[oKjX05aBcDeFgHiJkLmNoPqRsTuV]]></FromUserName>` +
    `<CreateTime>${createTime}</CreateTime><MsgType><![CDATA[text]]></MsgType>` +
    `<Content><![CDATA[${content}]]></Content><MsgId>${msgId}</MsgId></xml>`
  )
}

/** A delivery in plain mode. */
export function plainDelivery(body: string, timestamp = String(seconds()), token = ACCOUNT.token): Delivery {
  const nonce = '486452656'
  return { query: { signature: serverSignature(token, timestamp, nonce), timestamp, nonce }, body }
}

/** A delivery in safe mode; `encrypt` is the ciphertext, by default of the body. */
export function safeDelivery(
  body: string,
  {
    timestamp = String(seconds()),
    nonce = '415670741',
    encrypt = createPushCipher(ACCOUNT).encrypt(body),
  } = {},
): Delivery {
  return {
    query: {
      ...plainDelivery('', timestamp).query,
      nonce,
      encrypt_type: 'aes',
      msg_signature: serverSignature(ACCOUNT.token, timestamp, nonce, encrypt),
    },
    body: `<xml><ToUserName><![CDATA[gh_4c1d9e7ab203]]></ToUserName><Encrypt><![CDATA[${encrypt}]]></Encrypt></xml>`,
  }
}

export interface Callback {
  url: string
  deliver(delivery: Delivery): Promise<{ status: number; type: string; text: string }>
  close(): Promise<void>
}

/** A server that has nothing but the callback address. */
export async function serve(push: WechatPush): Promise<Callback> {
  const server: Server = createServer((req, res) => push(req, res))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/wechat`
  return {
    url,
    async deliver({ query, body, headers = {} }) {
      const params = new URLSearchParams()
      for (const [name, value] of Object.entries(query))
        for (const one of [value].flat()) params.append(name, one)
      const init = {
        method: 'POST',
        body: Buffer.from(body),
        headers: { 'content-type': 'text/xml', ...headers },
      }
      const response = await fetch(`${url}?${params}`, init)
      return {
        status: response.status,
        type: response.headers.get('content-type') ?? '',
        text: await response.text(),
      }
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function seconds(): number {
  return Math.floor(Date.now() / 1000)
}
