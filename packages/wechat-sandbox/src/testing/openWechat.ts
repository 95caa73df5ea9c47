import type { Browser, BrowserContext, Page } from '@playwright/test'
import { bridgeScript } from '../native/bridgeScript.ts'
import { device, userAgentOf, type Device, type Os } from '../native/device.ts'
import { messageSchema, type ShareTarget, type SharedCard } from '../native/messages.ts'
import { createNativeApp, type AnsweredCall } from '../native/nativeApp.ts'
import type { Answering } from '../native/questions.ts'
import type { Quirks } from '../native/quirks.ts'
import { ENTRY_COOKIE, PERSON_COOKIE } from '../platform/oauth/visitor.ts'
import type { RunningIntercept } from '../intercept/startIntercept.ts'
import type { Platform } from '../platform/platform.ts'
import { answerLogin, type LoginAnswer } from './answerLogin.ts'
import { tapShare } from './tapShare.ts'

export interface OpenWechatOptions {
  browser: Browser
  platform: Platform
  /** Default `ios`. */
  os?: Os
  /** Another version of WeChat, another network. */
  device?: Partial<Omit<Device, 'os'>>
  /** When the bridge appears. Default: `early` on iOS, `late` on Android. */
  arrival?: 'early' | 'late'
  /** Who holds the phone, by the id in `platform.people`. Default: the first. */
  person?: string
  /** `chat`: the page is opened from the account's conversation or menu, where followers log in silently. */
  from?: 'chat'
  /** What the person answers when a page asks for a picture, a code to scan, a place … Default: yes to everything. */
  answering?: Answering
  /** What is only believed of the app, switched. */
  quirks?: Partial<Quirks>
  /** Where the site finds the authorize page. Default: the real address, which a TLS front can serve. */
  openUrl?: string
  /** Leads the page's requests for WeChat's hosts to the sandbox, for a site that has them built in: `startIntercept`. */
  intercept?: Pick<RunningIntercept, 'proxy'>
}

/** A web view of WeChat, driven by Playwright. */
export interface WechatView {
  readonly page: Page
  readonly context: BrowserContext
  /** The phone; what is changed here counts from now on. */
  readonly device: Device
  /** Every call the page made, in order, with the app's answer and the reason of a refusal. */
  readonly calls: AnsweredCall[]
  /** Opens "···" and chooses where to share; gives the card that others would see. */
  share(target: ShareTarget): Promise<SharedCard>
  /** On the authorize page: agrees as this person (an id), or declines. */
  answerLogin(answer: LoginAnswer): Promise<void>
  close(): Promise<void>
}

/**
 * Opens a phone's WeChat in a browser that Playwright drives.
 *
 * @example
 * const wechat = await openWechat({ browser, platform, os: 'android' })
 * await wechat.page.goto('https://h5.example.com/articles/hello')
 * expect(await wechat.share('appmessage')).toMatchObject({ title: 'Hello' })
 */
export async function openWechat(options: OpenWechatOptions): Promise<WechatView> {
  const { browser, platform, os = 'ios', arrival, answering, intercept } = options
  const phone = { ...device(os), ...options.device }
  const calls: AnsweredCall[] = []
  const onCall = (call: AnsweredCall) => void calls.push(call)
  const native = createNativeApp({ platform, device: phone, onCall, ...(answering ? { answering } : {}) })
  Object.assign(native.quirks, options.quirks)
  const context = await browser.newContext({
    userAgent: userAgentOf(phone),
    viewport: { width: 390, height: 760 },
    locale: 'zh-CN',
    hasTouch: true,
    isMobile: true,
    ignoreHTTPSErrors: true,
    ...(intercept && { proxy: { server: intercept.proxy, bypass: bypassOf(platform) } }),
  })
  await context.addCookies(cookiesOf(options))
  await context.exposeFunction('__wechatNative', (text: string) => {
    return JSON.stringify(native.receive(messageSchema.parse(JSON.parse(text))) ?? {})
  })
  await context.addInitScript(bridgeScript(arrival ? { device: phone, arrival } : { device: phone }))
  const page = await context.newPage()
  return {
    page,
    context,
    device: phone,
    calls,
    share: (target) => tapShare(page, target),
    answerLogin: (answer) => answerLogin(page, answer),
    close: () => context.close(),
  }
}

// The proxy leads to WeChat's hosts and nowhere else.
const bypassOf = ({ siteOrigin }: Platform): string =>
  [new URL(siteOrigin).hostname, 'localhost', '127.0.0.1', '[::1]'].join(',')

function cookiesOf({ platform, person, from, openUrl = 'https://open.weixin.qq.com' }: OpenWechatOptions) {
  const holder = person === undefined ? platform.people[0] : platform.identities.person(person)
  return [
    { name: PERSON_COOKIE, value: holder.id, url: openUrl },
    ...(from ? [{ name: ENTRY_COOKIE, value: from, url: openUrl }] : []),
  ]
}
