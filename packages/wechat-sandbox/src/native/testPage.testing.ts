import { createHash } from 'node:crypto'
import { createPlatform, type Platform, type PlatformOptions } from '../platform/platform.ts'
import { device, type Device, type Os } from './device.ts'
import type { MenuState, NativeReply, Outcome, SharedCard, ShareTarget } from './messages.ts'
import { createNativeApp, type AnsweredCall, type NativeApp } from './nativeApp.ts'
import type { Answering } from './questions.ts'

export const ENTRY = 'https://h5.example.com/'
export const ARTICLE = 'https://h5.example.com/articles/a'
export const CARD = { title: 'T', desc: 'D', link: ARTICLE, imgUrl: 'https://h5.example.com/a.jpg' }

/** A page without a browser: it sends what Tencent's script would send. For tests. */
export interface TestPage {
  platform: Platform
  app: NativeApp
  /** Every answered call. */
  calls: AnsweredCall[]
  invoke(name: string, params?: Record<string, unknown>, url?: string): NativeReply
  /** The whole outcome, where more than a reply comes of a call. */
  outcome(name: string, params?: Record<string, unknown>, url?: string): Outcome
  /** A `wx.config` whose signature is made for `signedUrl`. */
  config(signedUrl: string, url?: string, change?: Record<string, unknown>): NativeReply
  /** The same, listing these names. */
  configured(...names: string[]): NativeReply
  enter(url: string): void
  menu(): MenuState
  tap(target: ShareTarget): { needsHandler: boolean; event: string; scene: string }
  card(target: ShareTarget, url?: string): SharedCard
}

export function openTestPage(
  os: Os,
  options: { platform?: Partial<PlatformOptions>; device?: Partial<Device>; answering?: Answering } = {},
): TestPage {
  const platform = createPlatform({ siteOrigin: 'https://h5.example.com', ...options.platform })
  platform.tokens.issueTicket('jsapi')
  const calls: AnsweredCall[] = []
  const app = createNativeApp({
    platform,
    device: { ...device(os), ...options.device },
    ...(options.answering ? { answering: options.answering } : {}),
    onCall: (call) => void calls.push(call),
  })
  const document = 'd'
  const page: TestPage = {
    platform,
    app,
    calls,
    outcome: (name, params = {}, url = ENTRY) =>
      app.receive({ type: 'invoke', document, url, name, params }) as Outcome,
    invoke: (name, params, url) => page.outcome(name, params, url).reply as NativeReply,
    config(signedUrl, url = signedUrl, change = {}) {
      const ticket = platform.tokens.validTickets('jsapi')[0] ?? ''
      const claim = {
        verifyAppId: platform.account.appId,
        verifySignType: 'sha1',
        verifyTimestamp: '1760000000',
        verifyNonceStr: 'n',
        verifySignature: sign({ ticket, nonceStr: 'n', timestamp: '1760000000', url: signedUrl }),
      }
      return page.invoke('preVerifyJSAPI', { ...claim, verifyJsApiList: [], ...change }, url)
    },
    configured: (...names) => page.config(ENTRY, ENTRY, { verifyJsApiList: names }),
    enter: (url) => void app.receive({ type: 'enter', document, url }),
    menu: () => app.receive({ type: 'menu', document }) as MenuState,
    tap: (target) => app.receive({ type: 'tap', document, target }) as ReturnType<TestPage['tap']>,
    card: (target, url = ENTRY) =>
      app.receive({
        type: 'card',
        document,
        target,
        page: { title: 'Page', url, image: 'big.jpg' },
      }) as SharedCard,
  }
  page.enter(`${ENTRY}#hash`)
  return page
}

/** SHA-1 over the string of the documentation. */
export function sign(parts: { ticket: string; nonceStr: string; timestamp: string; url: string }): string {
  const { ticket, nonceStr, timestamp, url } = parts
  const text = `jsapi_ticket=${ticket}&noncestr=${nonceStr}&timestamp=${timestamp}&url=${url}`
  return createHash('sha1').update(text).digest('hex')
}
