// What is started once for all tests of a worker. Every spec begins here: Playwright starts a worker anew, and a browser
// with it, for each other set of such fixtures.
import { test as base, type Browser } from '@playwright/test'
import { startTlsFront } from 'wechat-sandbox/testing'
import { launchChrome } from './launchChrome.ts'
import { startSite, type RunningSite } from './runningSite.ts'

export const SITE = 'https://h5.example.com'
export const HOSTS = [
  'h5.example.com',
  'tunnel.example.com',
  'open.weixin.qq.com',
  'res.wx.qq.com',
  'res2.wx.qq.com',
]

interface Worker {
  /** Where each host leads; a test's site fills it in, and what is empty leads nowhere. */
  hosts: Record<string, string>
  /** A browser that reaches these hosts and this machine, and nothing else. */
  chrome: Browser
  /** The site of all tests that change nothing of it and of its platform. */
  sharedSite: RunningSite
}

export const test = base.extend<object, Worker>({
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

  sharedSite: [
    async ({}, use) => {
      const site = await startSite(SITE)
      await use(site)
      await site.close()
    },
    { scope: 'worker' },
  ],
})
