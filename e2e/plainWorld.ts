// A browser and a site without any framework, for what needs no app: the bridge and the phone themselves.
import { test as base, type Browser } from '@playwright/test'
import { launchChrome } from './launchChrome.ts'
import { startPlainSite, type PlainSite } from './plainSite.ts'

export const test = base.extend<{ site: PlainSite }, { chrome: Browser }>({
  chrome: [
    async ({}, use) => {
      const browser = await launchChrome()
      await use(browser)
      await browser.close()
    },
    { scope: 'worker' },
  ],
  site: async ({}, use) => {
    const site = await startPlainSite()
    await use(site)
    site.close()
  },
})

export { expect } from '@playwright/test'
