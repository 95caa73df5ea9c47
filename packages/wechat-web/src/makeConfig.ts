import type { Attempt, UrlRules } from './attempts.ts'
import type { CallLog, UrlRule } from './callLog.ts'
import type { ConfigResult } from './configResult.ts'
import type { createSigning } from './signing.ts'
import { pageLeft, unlessAborted, within } from './timeout.ts'
import type { WechatError } from './wechatError.ts'
import type { JsApiName, OpenTag, WxConfig } from './wx.ts'

/** A `wx.config` that was called. */
export interface Config {
  url: string
  by: UrlRule
  /** Where the page was. */
  page: string
  apis: ReadonlySet<JsApiName>
  tags: ReadonlySet<OpenTag>
  result: ConfigResult
  /** When it was sent. */
  at: number
  /** WeChat's answer, in words. */
  noted: { answer: string }
  /** A card was taken under it. */
  hadCard: boolean
  /** It was refused in fact or in effect, or WeChat is silent about it. */
  isOver: boolean
  /** Nothing was left to try after it. */
  last?: WechatError
}

/** A config on its way: to our server for a signature, and on to WeChat. */
export interface ConfigUnderWay {
  /** The page has another address by now, for which it would be refused. */
  isStale(): boolean
  /** Has the callers that wait fail with `page_left`, and ends the request for a signature. */
  abort(): void
  /** @throws {WechatError} */
  done: Promise<Config>
}

export interface ConfigMakerOptions {
  rules: UrlRules
  needs: { readonly apis: ReadonlySet<JsApiName>; readonly tags: ReadonlySet<{ tag: OpenTag }> }
  signed: ReturnType<typeof createSigning>
  ready: () => Promise<{ send: (config: WxConfig) => ConfigResult }>
  log: CallLog
}

// How long a config waits for the answer to the one before: its refusal would be taken for that of the new one.
const REFUSAL_TIME = 800 // milliseconds

export function createConfigMaker({ rules, needs, signed, ready, log }: ConfigMakerOptions) {
  /** @param before the one in force */
  return ({ by, refresh }: Attempt, before: Config | undefined): ConfigUnderWay => {
    const url = rules.addressOf(by)
    const isStale = () => url !== rules.addressOf(by)
    const controller = new AbortController()
    const { signal } = controller

    async function make(): Promise<Config> {
      const { send } = await ready()
      const { signature, source } = await signed(url, { refresh, signal })
      if (before) await settled(before)
      if (signal.aborted || isStale()) throw pageLeft()
      const { appId, timestamp, nonceStr, signature: text, recheckAt } = signature
      const apis = new Set(needs.apis)
      const tags = new Set([...needs.tags].map(({ tag }) => tag))
      const noted = log.note({
        ...{ name: 'config', url, by, source, answer: '' },
        ...(recheckAt === undefined ? {} : { recheckAt }),
      })
      const result = send({
        ...{ appId, timestamp, nonceStr, signature: text },
        // Fresh arrays each time: the script renames the entries in place.
        jsApiList: [...apis],
        ...(tags.size > 0 ? { openTagList: [...tags] } : {}),
      })
      void result.refused.then(() => (noted.answer = result.refusal))
      void result.answered?.then(() => result.state === 'accepted' && (noted.answer = 'config:ok'))
      const page = rules.here()
      return { url, by, page, apis, tags, result, at: Date.now(), noted, hadCard: false, isOver: false }
    }

    return { isStale, abort: () => controller.abort(), done: unlessAborted(make(), signal) }
  }
}

/** Waits until hardly any answer can come. */
async function settled({ result, at }: Config): Promise<void> {
  if (result.state !== 'open') return
  const answer = Promise.race([result.refused, result.answered ?? result.refused])
  await within(answer, at + REFUSAL_TIME - Date.now())
}
