// A site without any framework, for what needs no app: the bridge and the phone themselves.
import { test as base } from './perWorker.ts'
import { startPlainSite, type PlainSite } from './plainSite.ts'

export const test = base.extend<{ site: PlainSite }>({
  site: async ({}, use) => {
    const site = await startPlainSite()
    await use(site)
    site.close()
  },
})

export { expect } from '@playwright/test'
