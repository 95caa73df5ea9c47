// Everything around a test: the platform, the built app as `pnpm start` runs it, real host names behind TLS, a browser.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test as base, type Browser } from '@playwright/test'
import {
  openWechat,
  startPlatform,
  startTlsFront,
  type OpenWechatOptions,
  type Os,
  type RunningPlatform,
  type WechatView,
} from 'wechat-sandbox/testing'
import { launchChrome } from './launchChrome.ts'
import { startBuiltApp } from 'starter-tools/testing'

export const SITE = 'https://h5.example.com'
const HOSTS = [
  'h5.example.com',
  'tunnel.example.com',
  'open.weixin.qq.com',
  'res.wx.qq.com',
  'res2.wx.qq.com',
]

interface Test {
  platform: RunningPlatform
  /** Starts the built app; every test has its own, with its own store. */
  site: void
  /** Opens a WeChat on the given system. */
  open: (os: Os, options?: Omit<OpenWechatOptions, 'browser' | 'platform' | 'os'>) => Promise<WechatView>
}

interface Worker {
  hosts: Record<string, string>
  chrome: Browser
}

export const test = base.extend<Test, Worker>({
  // Where each host leads; a test's site fills it in.
  hosts: [async ({}, use) => use(Object.fromEntries(HOSTS.map((host) => [host, '']))), { scope: 'worker' }],

  chrome: [
    async ({ hosts }, use) => {
      const front = await startTlsFront(hosts)
      const browser = await launchChrome(front.chromiumArgs)
      await use(browser)
      await browser.close()
      await front.close()
    },
    { scope: 'worker' },
  ],

  platform: async ({}, use) => {
    const platform = await startPlatform({ siteOrigin: SITE })
    await use(platform)
    await platform.close()
  },

  site: [
    async ({ platform, hosts }, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'site-'))
      const storeUrl = `sqlite:${join(folder, 'app.db')}`
      // The first person of the sandbox owns the site.
      const env = { ADMIN_OPENIDS: platform.identities.openidOf(platform.people[0]) }
      const app = await startBuiltApp({ platform, publicUrl: SITE, storeUrl, env })
      platform.account.push.url = `${app.url}/api/wechat`
      for (const host of HOSTS) hosts[host] = host.endsWith('.example.com') ? app.url : platform.url
      await use()
      await app.kill() // a stop takes its time, and has tests of its own
      rmSync(folder, { recursive: true })
    },
    { auto: true },
  ],

  open: async ({ chrome, platform }, use) => {
    const views: WechatView[] = []
    await use(async (os, options = {}) => {
      const view = await openWechat({ browser: chrome, platform, os, ...options })
      failOnErrors(view)
      views.push(view)
      return view
    })
    for (const view of views) await view.close()
  },
})

export { expect } from '@playwright/test'

/** The link of an article's card: its address, and the share id of whoever shares it. */
export const cardLink = (slug: string): unknown =>
  expect.stringMatching(new RegExp(`^${SITE}/articles/${slug}\\?s=[\\w-]{20}$`))

// A page that logs an error, or that its own security policy stops, is broken even where it looks right.
function failOnErrors({ page }: WechatView): void {
  page.on('pageerror', (error) => {
    throw error
  })
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content Security Policy|Uncaught/.test(message.text()))
      throw new Error(message.text())
  })
}
