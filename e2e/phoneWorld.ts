// The sandbox's phone, as `pnpm dev` shows it, before the plain site.
import { once } from 'node:events'
import type { FrameLocator, Page } from '@playwright/test'
import { createFront, createPlatform, type Platform } from 'wechat-sandbox'
import { expect, test as base } from './plainWorld.ts'

export { expect }

interface Phone {
  page: Page
  /** The site's page in the web view. */
  web: FrameLocator
}

interface Test {
  open: (options?: { width?: number; locale?: string; path?: string }) => Promise<Phone>
}

export const test = base.extend<Test & { platform: Platform; url: string }>({
  platform: async ({ site }, use) => {
    const origin = 'http://localhost:0'
    const platform = createPlatform({ siteOrigin: origin, push: { url: `${site.url}/api/wechat` } })
    site.platform = platform
    await use(platform)
  },
  url: async ({ site, platform }, use) => {
    const front = createFront({ platform, siteUrl: site.url })
    front.listen(0, '127.0.0.1')
    await once(front, 'listening')
    const address = front.address()
    const host = `localhost:${typeof address === 'object' ? address?.port : 0}`
    Object.assign(platform.account, { jsDomains: [host], oauthDomain: host })
    for (const person of platform.people) person.avatar = `http://${host}/__wechat/avatars/${person.id}.svg`
    await use(`http://${host}`)
    front.closeAllConnections()
    front.close()
  },
  open: async ({ chrome, url }, use) => {
    const pages: Page[] = []
    await use(async ({ width = 1280, locale = 'en-GB', path = '/' } = {}) => {
      // No colour scheme is emulated: the phone's own one reaches the page.
      const context = await chrome.newContext({ viewport: { width, height: 820 }, locale, colorScheme: null })
      const page = await context.newPage()
      page.on('pageerror', (error) => {
        throw error
      })
      pages.push(page)
      await page.goto(url + path)
      const web = page.frameLocator('#webview')
      await expect(web.getByRole('heading', { name: 'Plain site' })).toBeVisible()
      return { page, web }
    })
    for (const page of pages) await page.context().close()
  },
})

/** Runs a line in the site's page. */
export const inPage = (web: FrameLocator, line: string) =>
  web.locator('body').evaluate((_body, source) => window.eval(source) as unknown, line)
/** Configures the page, rightly; gives the outcome. */
export const configured = (web: FrameLocator, ...names: string[]) =>
  inPage(web, `configure(location.href.split('#')[0], { jsApiList: ${JSON.stringify(names)} })`)
