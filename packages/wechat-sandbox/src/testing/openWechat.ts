import type { Browser, BrowserContext, Page } from '@playwright/test'
import { bridgeScript } from '../bridge/bridgeScript.ts'
import { device, userAgentOf, type Os } from '../bridge/device.ts'
import { messageSchema, type ShareTarget, type SharedCard } from '../bridge/messages.ts'
import { createNativeApp, type AnsweredCall } from '../bridge/nativeApp.ts'
import type { Platform } from '../platform/platform.ts'

export interface OpenWechatOptions {
  browser: Browser
  platform: Platform
  /** Default `ios`. */
  os?: Os
  /** When the bridge appears. Default: `early` on iOS, `late` on Android. */
  arrival?: 'early' | 'late'
}

/** A web view of WeChat, driven by Playwright. */
export interface WechatView {
  readonly page: Page
  readonly context: BrowserContext
  /** Every call the page made, in order. */
  readonly calls: AnsweredCall[]
  /** Opens "···" and chooses where to share; gives the card that others would see. */
  share(target: ShareTarget): Promise<SharedCard>
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
export async function openWechat({
  browser,
  platform,
  os = 'ios',
  arrival,
}: OpenWechatOptions): Promise<WechatView> {
  const phone = device(os)
  const calls: AnsweredCall[] = []
  const native = createNativeApp({ platform, device: phone, onCall: (call) => void calls.push(call) })
  const context = await browser.newContext({
    userAgent: userAgentOf(phone),
    viewport: { width: 390, height: 760 },
    locale: 'zh-CN',
    hasTouch: true,
    isMobile: true,
    ignoreHTTPSErrors: true,
  })
  await context.exposeFunction('__wechatNative', (text: string) => {
    return JSON.stringify(native.receive(messageSchema.parse(JSON.parse(text))) ?? {})
  })
  await context.addInitScript(bridgeScript(arrival ? { device: phone, arrival } : { device: phone }))
  const page = await context.newPage()
  return { page, context, calls, share: (target) => tapShare(page, target), close: () => context.close() }
}

function tapShare(page: Page, target: ShareTarget): Promise<SharedCard> {
  return page.evaluate(
    (chosen) =>
      new Promise<SharedCard>((done) => {
        const id = String(Math.random())
        const onAnswer = ({ data }: MessageEvent<{ event?: string; id?: string; card: SharedCard }>) => {
          if (data.event !== 'card' || data.id !== id) return
          window.removeEventListener('message', onAnswer)
          done(data.card)
        }
        window.addEventListener('message', onAnswer)
        window.postMessage({ to: 'wechat-page', action: 'share', target: chosen, id }, location.origin)
      }),
    target,
  )
}
