import type { WxReply } from './jsApis/call.ts'
import type { SignatureSource } from './signing.ts'
import type { CallName } from './wx.ts'

/** Which address WeChat holds the signature against: the one the document was entered at, or the current one. */
export type UrlRule = 'entry' | 'current'

/** One thing that WeChat was asked. For `?debug=1`; no signature is in it. */
export interface Asked {
  /** `config`, or the name of a JS-API. */
  name: string
  /** Of a config: the address that was signed. Else the one the page had. */
  url: string
  /** Of a config: which address that is, and where the signature came from. */
  by?: UrlRule
  source?: SignatureSource
  /** Of a config after a refusal: from when on the server will ask WeChat for its ticket again (ms since 1970). */
  recheckAt?: number
  /** WeChat's words; empty while none have come. */
  answer: string
}

export interface CallLog {
  /** Oldest first; the last fifty. */
  readonly asked: readonly Asked[]
  /** Notes a config; its answer is filled in later. */
  note(asked: Asked): Asked
  /** Notes a call and, when it comes, its answer. One that is repeated under the same config is noted once. */
  follow<Reply extends WxReply>(name: CallName, reply: Promise<Reply>): Promise<Reply>
}

const KEPT = 50

/**
 * Remembers what this document asked WeChat.
 *
 * @param asked where it is noted, say an array whose changes a panel sees
 */
export function createCallLog({ location }: Window, asked: Asked[] = []): CallLog {
  function note(one: Asked): Asked {
    if (asked.length === KEPT) asked.shift()
    asked.push(one)
    return asked[asked.length - 1] ?? one // as the array holds it, so that a panel sees its answer come
  }

  function noted(name: CallName, url: string): Asked {
    const sinceConfig = [...asked].reverse()
    const configAt = sinceConfig.findIndex((one) => one.name === 'config')
    const before = sinceConfig.slice(0, configAt).find((one) => one.name === name && one.url === url)
    return before ?? note({ name, url, answer: '' })
  }

  return {
    asked,
    note,
    follow(name, reply) {
      const one = noted(name, location.href)
      reply.then(
        ({ errMsg }) => (one.answer = errMsg),
        (error: Error) => (one.answer = error.message),
      )
      return reply
    },
  }
}
