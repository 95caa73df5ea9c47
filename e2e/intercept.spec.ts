// Sites that have WeChat's hosts built in, without a changed line: the command with --intercept, its lines pasted, and a
// browser that can reach nothing but this machine.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer as createSite } from 'node:http'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from '@playwright/test'
import { createFront, createPlatform, startIntercept } from 'wechat-sandbox'
import { openWechat } from 'wechat-sandbox/testing'
import { launchChrome } from './launchChrome.ts'
import { expect, test as base } from './plainWorld.ts'

const COMMAND = join(import.meta.dirname, '../packages/wechat-sandbox/src/cli/main.ts')
const SITES = join(import.meta.dirname, 'interceptedSites')
const PROGRAMS = {
  'Node.js': [process.execPath, join(SITES, 'site.mjs')],
  Python: ['python3', join(SITES, 'site.py')],
} as const
type Language = keyof typeof PROGRAMS

interface Test {
  folder: string
  /** For a browser that is led by a proxy: names that lead to a site's own front would not ask the proxy. */
  proxiedChrome: Browser
  /** Runs something until the test is over, once it has said this. */
  run: (command: readonly string[], env: NodeJS.ProcessEnv, until: string) => Promise<string>
}

const test = base.extend<Test>({
  // Nothing but this machine is there: what is not led is not answered.
  proxiedChrome: async ({}, use) => {
    const browser = await launchChrome([
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
    ])
    await use(browser)
    await browser.close()
  },
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'intercepted-'))
    await use(folder)
    rmSync(folder, { recursive: true })
  },
  run: async ({}, use) => {
    const children: ChildProcess[] = []
    await use(async ([command = '', ...args], env, until) => {
      const child = spawn(command, args, {
        env: { ...process.env, ...env },
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      children.push(child)
      child.stdout.setEncoding('utf8')
      // Read to its end: a program whose output nobody takes any more is ended by that.
      return new Promise((done, fail) => {
        let output = ''
        child.stdout.on('data', (text: string) => {
          if ((output += text).includes(until)) done(output)
        })
        child.once('exit', () => fail(new Error(`it ended early: ${output}`)))
      })
    })
    for (const child of children) child.kill()
  },
})

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return String(typeof address === 'object' ? address?.port : 0)
}

/** The variables that stand below a heading, as somebody reads them. */
function variablesOf(output: string, heading: string): Record<string, string> {
  const [, part = ''] = new RegExp(`${heading}\\n([^]*?)\\n\\n`).exec(output) ?? []
  return Object.fromEntries([...part.matchAll(/^(\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]))
}

const isThere = (language: Language) => spawnSync(PROGRAMS[language][0], ['--version']).status === 0
const web = (page: Page) => page.frameLocator('#webview')

for (const language of ['Node.js', 'Python'] as const)
  test(`${language}: shares its card on iOS and Android and logs in, on the phone`, async ({
    chrome,
    folder,
    run,
  }) => {
    test.slow()
    test.skip(!isThere(language), `${language} is not on this machine`)
    const port = await freePort()
    const command = [process.execPath, COMMAND, `http://127.0.0.1:${port}`, '--port', '0', '--intercept']
    const output = await run([...command, '--ca-folder', folder], { LC_ALL: 'C' }, 'Ctrl+C')
    const { WECHAT_APP_ID: APPID, WECHAT_APP_SECRET: SECRET } = variablesOf(output, 'values:')
    await run(
      PROGRAMS[language],
      { ...variablesOf(output, `# ${language}`), PORT: port, APPID, SECRET },
      'listening',
    )

    const address = /^Open {2}(\S+)$/m.exec(output)?.[1] ?? ''
    const page = await (
      await chrome.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 820 } })
    ).newPage()
    await page.goto(address)
    for (const system of ['iOS', 'Android']) {
      await page.getByText(system, { exact: true }).first().click()
      await expect(web(page).locator('#state')).toHaveText('shared')
      await page.getByRole('button', { name: 'More' }).click()
      await page.getByRole('button', { name: 'Send to friend' }).click()
      const card = page.locator('#chat .mine .card').last()
      await expect(card).toContainText('Tea in autumn')
      await expect(card).toContainText('What to drink')
      await page.goto(address)
    }

    // By its own link, and a redirect of its server.
    await web(page).getByRole('link', { name: 'log in' }).click()
    await expect(web(page).getByRole('heading')).toHaveText(/^o[\w-]{10,} by server$/)
    await expect(page).toHaveURL(new RegExp(`^${address}callback\\?code=`))
    // By a script, with consent.
    await page.goto(address)
    await web(page).getByRole('button', { name: 'log in by script' }).click()
    await web(page).getByRole('button', { name: 'Allow' }).click()
    await expect(web(page).getByRole('heading')).toHaveText(/^o[\w-]{10,} by page$/)
  })

for (const os of ['ios', 'android'] as const)
  test(`${os}: shares its card and logs in, with the testing kit`, async ({ proxiedChrome, folder, run }) => {
    const PORT = await freePort()
    const url = `http://127.0.0.1:${PORT}`
    const platform = createPlatform({ siteOrigin: url })
    const intercept = await startIntercept(platform, { folder })
    const { appId: APPID, appSecret: SECRET } = platform.account
    await run(PROGRAMS['Node.js'], { ...intercept.languages['Node.js'], PORT, APPID, SECRET }, 'listening')
    const wechat = await openWechat({ browser: proxiedChrome, platform, os, intercept })
    await wechat.page.goto(`${url}/?a=b`)
    await expect(wechat.page.locator('#state')).toHaveText('shared')
    expect(await wechat.share('appmessage')).toMatchObject({ title: 'Tea in autumn', link: `${url}/?a=b` })
    await wechat.page.getByRole('button', { name: 'log in by script' }).click()
    await expect(wechat.page).toHaveURL(/^https:\/\/open\.weixin\.qq\.com\//)
    await wechat.answerLogin({ allow: true })
    await expect(wechat.page.getByRole('heading')).toHaveText(/^o[\w-]{10,} by page$/)
    await wechat.close()
    await intercept.close()
  })

const SDK = '//res.wx.qq.com/open/js/jweixin'
for (const [how, body, policy] of [
  ['an element without a scheme', `<script src="${SDK}-1.0.0.js"></script>`],
  ['the other host', `<script defer src="https://res2.wx.qq.com/open/js/jweixin-1.4.0.js"></script>`],
  [
    'a script that puts it in',
    `<script>document.body.appendChild(document.createElement('script')).src = 'http:${SDK}-1.2.0.js'</script>`,
  ],
  [
    'an attribute',
    `<script>s = document.createElement('script'); s.setAttribute('src', 'https:${SDK}-1.3.2.js'); document.head.append(s)</script>`,
  ],
  ['document.write', `<script>document.write('<script src="${SDK}-1.6.0.js"><\\/script>')</script>`],
  [
    'a policy that lets WeChat alone in',
    `<script src="https:${SDK}-1.6.0.js"></script>`,
    'script-src https://res.wx.qq.com',
  ],
  [
    'a policy of nonces',
    `<script nonce="n" src="https:${SDK}-1.6.0.js"></script>`,
    "script-src 'nonce-n' 'strict-dynamic'",
  ],
] as const)
  test(`Tencent's script is led to the sandbox, asked for by ${how}`, async ({ chrome }) => {
    const site = createSite((_req, res) => {
      if (policy) res.setHeader('content-security-policy', policy)
      res
        .setHeader('content-type', 'text/html')
        .end(`<!doctype html><title>a site</title><h1>page</h1>${body}`)
    }).listen(0, '127.0.0.1')
    await once(site, 'listening')
    const portOf = (server: typeof site) => (server.address() as { port: number }).port
    const platform = createPlatform({ siteOrigin: 'http://localhost:5180' })
    const siteUrl = `http://127.0.0.1:${portOf(site)}`
    const front = createFront({ platform, siteUrl, leadsWechatHosts: true }).listen(0, '127.0.0.1')
    await once(front, 'listening')
    const page = await (await chrome.newContext()).newPage()
    await page.goto(`http://localhost:${portOf(front)}`)
    const loaded = () =>
      web(page)
        .locator('body')
        .evaluate(() => 'wx' in window)
    await expect.poll(loaded).toBe(true)
    for (const server of [front, site]) {
      server.closeAllConnections()
      server.close()
    }
  })
