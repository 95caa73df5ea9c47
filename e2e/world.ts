// Everything around a test: the platform, the built app as `pnpm start` runs it, real host names behind TLS, a browser.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, test as base, type Browser } from '@playwright/test'
import {
  openWechat,
  startPlatform,
  startTlsFront,
  type RunningPlatform,
  type WechatView,
} from 'wechat-sandbox/testing'

export const SITE = 'https://h5.example.com'
const HOSTS = [
  'h5.example.com',
  'tunnel.example.com',
  'open.weixin.qq.com',
  'res.wx.qq.com',
  'res2.wx.qq.com',
]
const TOKEN = 'e2eTokenOfTheConsole'

interface Test {
  platform: RunningPlatform
  /** Starts the built app; every test has its own, with its own store. */
  site: void
  /** Opens a WeChat on the given system. */
  open: (os: 'ios' | 'android', options?: { arrival?: 'early' | 'late' }) => Promise<WechatView>
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
      const executablePath = process.env['CHROMIUM_PATH']
      const browser = await chromium.launch({
        ...(executablePath ? { executablePath } : {}),
        args: [
          '--no-sandbox',
          '--disable-background-networking',
          '--disable-component-update',
          '--disable-sync',
          ...front.chromiumArgs,
        ],
      })
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
      const app = await startApp(platform, folder)
      for (const host of HOSTS) hosts[host] = host.endsWith('.example.com') ? app.url : platform.url
      await use()
      await app.stop()
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

async function startApp(
  platform: RunningPlatform,
  folder: string,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'apps/server/src/main.ts'],
    {
      cwd: join(import.meta.dirname, '..'),
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        PATH: process.env['PATH'],
        NODE_ENV: 'production',
        PUBLIC_URL: SITE,
        PORT: '0',
        HOST: '127.0.0.1',
        WECHAT_APP_ID: platform.account.appId,
        WECHAT_APP_SECRET: platform.account.appSecret,
        WECHAT_API_URL: platform.url,
        WECHAT_TOKEN: TOKEN,
        STORE_URL: `sqlite:${join(folder, 'app.db')}`,
        SESSION_SECRET: 'a secret for tests that is long enough',
      },
    },
  )
  const port = await new Promise<string>((done, fail) => {
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      const match = /server listens on port (\d+)/.exec(output)
      if (match?.[1]) done(match[1])
    })
    child.once('exit', () => fail(new Error(`the app did not start:\n${output}`)))
  })
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
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
