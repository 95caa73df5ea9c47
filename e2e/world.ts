// Everything around a test of the site: the built app, its platform, real host names behind TLS, a browser.
import {
  openWechat,
  type OpenWechatOptions,
  type Os,
  type RunningPlatform,
  type WechatView,
} from 'wechat-sandbox/testing'
import { expect } from '@playwright/test'
import { HOSTS, SITE, test as base } from './perWorker.ts'
import { startSite, type RunningSite } from './runningSite.ts'

export { expect, SITE }

interface Test {
  site: RunningSite
  /** Opens a WeChat on the given system. */
  open: (os: Os, options?: Omit<OpenWechatOptions, 'browser' | 'platform' | 'os'>) => Promise<WechatView>
}

/** On the site that a worker's tests share, without anything that somebody has left there before. */
export const test = base.extend<Test>({
  site: [
    async ({ hosts, sharedSite }, use) => {
      lead(hosts, sharedSite)
      await use(sharedSite)
      lead(hosts)
      sharedSite.empty()
    },
    { auto: true },
  ],

  open: async ({ chrome, site: { platform } }, use) => {
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

/** For a test that changes something of the platform, or waits for what the server itself keeps: both are its own. */
export const testAlone = test.extend<{ platform: RunningPlatform }>({
  site: async ({ hosts }, use) => {
    const site = await startSite(SITE)
    lead(hosts, site)
    await use(site)
    lead(hosts)
    await site.close()
  },
  platform: ({ site }, use) => use(site.platform),
})

/** The link of an article's card: its address, and the share id of whoever shares it. */
export const cardLink = (slug: string): unknown =>
  expect.stringMatching(new RegExp(`^${SITE}/articles/${slug}\\?s=[\\w-]{20}$`))

/** Our own hosts to the app, WeChat's to the platform; without a site all of them nowhere. */
export function lead(hosts: Record<string, string>, site?: RunningSite): void {
  for (const host of HOSTS)
    hosts[host] = (host.endsWith('.example.com') ? site?.url : site?.platform.url) ?? ''
}

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
