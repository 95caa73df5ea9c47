// What each client gets. The tables of docs/clients.md and docs/zh-CN/clients.md are made here:
// pnpm test:e2e clientTable --update-snapshots, then pnpm format.
import type { BrowserContext, Page } from '@playwright/test'
import type { Device, Os, WechatView } from 'wechat-sandbox/testing'
import { documentedClients, documentedRow, rowOf, writeRow, type Seen } from './clientTable.ts'
import { cardLink, expect, SITE, test } from '../world.ts'

const ARTICLE = `${SITE}/articles/first-share-card`
const title = '从零到第一张分享卡片'

/** In the sandbox: the system, and what differs of the phone. */
const WECHAT: Record<string, [Os, Partial<Omit<Device, 'os'>>?]> = {
  'iOS, WeChat 8.0.60': ['ios'],
  'Android, WeChat 8.0.60': ['android'],
  'HarmonyOS, WeChat 1.0.9': ['harmony'],
  'Windows, WeChat 7.0.20': ['windows'],
  'macOS, WeChat 6.8.0': ['mac'],
  'iOS, WeCom': ['ios', { within: 'wecom' }],
  'Windows, WeCom': ['windows', { within: 'wecom' }],
  'Android, mini program': ['android', { within: 'miniProgram' }],
  'Android, WeChat 6.5.23': ['android', { version: '6.5.23' }],
  'iOS, WeChat 6.7.0': ['ios', { version: '6.7.0' }],
}

/** Without any bridge: browsers, by their user agent. */
const BROWSERS: Record<string, string> = {
  'Android, QQ':
    'Mozilla/5.0 (Linux; Android 15; Pixel 8 Build/AP4A.250205.002; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/130.0.6723.103 MQQBrowser/6.2 TBS/047913 Mobile Safari/537.36 V1_AND_SQ_9.1.25_8368_YYB_D QQ/9.1.25.22000 NetType/WIFI',
  'iOS, Safari':
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
}

test('the documents name these clients, and no others', () => {
  const clients = [...Object.keys(WECHAT), ...Object.keys(BROWSERS)]
  expect(documentedClients('en')).toEqual(clients)
  expect(documentedClients('zh')).toEqual(clients)
})

for (const [name, [os, device]] of Object.entries(WECHAT))
  test(`${name} gets what the documents say`, async ({ open }, { config }) => {
    test.slow()
    const wechat = await open(os, device ? { device } : {})
    compare(name, await see(wechat.page, wechat), config.updateSnapshots)
  })

for (const [name, userAgent] of Object.entries(BROWSERS))
  test(`${name} gets what the documents say`, async ({ chrome }, { config }) => {
    test.slow()
    const context: BrowserContext = await chrome.newContext({
      userAgent,
      locale: 'zh-CN',
      ignoreHTTPSErrors: true,
    })
    compare(name, await see(await context.newPage()), config.updateSnapshots)
    await context.close()
  })

function compare(name: string, seen: Seen, update: string): void {
  if (update === 'all' || update === 'changed') writeRow(name, rowOf(seen))
  expect(documentedRow(name)).toEqual(rowOf(seen))
}

/** Walks through the site as this client, and notes what happens. */
async function see(page: Page, wechat?: WechatView): Promise<Seen> {
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.goto(SITE)
  await page.getByRole('link', { name: title }).click()
  await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible()
  await page.waitForLoadState('networkidle')
  const status = page.locator('[role="status"]')
  await expect(status.and(page.locator('[data-status="pending"]'))).toHaveCount(0)
  const line = (await status.count()) > 0 ? await status.innerText() : ''
  const script = asked.some((url) => new URL(url).host === 'res.wx.qq.com') ? 'loaded' : 'not loaded'
  const card = await cardOf(wechat)
  const signed = signedOf(asked, wechat)
  return {
    script,
    signed,
    card,
    line: line ? 'tip' : 'nothing',
    login: await loginOf(page),
    tags: await tagsOf(page),
  }
}

async function cardOf(wechat?: WechatView): Promise<Seen['card']> {
  if (!wechat) return 'none'
  const posted = wechat.calls.filter(({ name }) => name === 'invokeMiniProgramAPI')
  if (posted.length > 0) {
    const card = { title, link: cardLink('first-share-card'), imgUrl: `${SITE}/covers/first-share-card.jpg` }
    expect(posted.at(-1)?.params).toMatchObject({ name: 'postMessage', arg: { shareCard: card } })
    return 'posted'
  }
  const { source, ...card } = await wechat.share('appmessage')
  expect(card.title).toBe(title)
  return source === 'update' ? 'own' : source
}

function signedOf(asked: string[], wechat?: WechatView): Seen['signed'] {
  if (!wechat?.calls.some(({ name }) => name === 'preVerifyJSAPI')) return 'nothing'
  const signatures = asked
    .map((url) => new URL(url))
    .filter(({ pathname }) => pathname === '/api/wechat/signature')
  return signatures.some(({ searchParams }) => searchParams.get('url') === ARTICLE) ? 'current' : 'entry'
}

async function loginOf(page: Page): Promise<Seen['login']> {
  await page.goto(`${SITE}/members`)
  const isIn = page.getByRole('heading', { name: '会员页' })
  const note = page.getByRole('note')
  await expect(isIn.or(note)).toBeVisible()
  if (await isIn.isVisible()) return 'silent'
  expect(page.url()).toBe(`${SITE}/members`)
  return (await note.innerText()).includes('企业微信') ? 'wecom' : 'outside'
}

async function tagsOf(page: Page): Promise<Seen['tags']> {
  await page.goto(`${SITE}/lab`)
  const drawn = page.locator('wx-open-subscribe').getByRole('button', { name: '订阅通知' })
  const fallback = page.getByText(/^订阅通知:/)
  await expect(drawn.or(fallback)).toBeVisible()
  return (await drawn.isVisible()) ? 'drawn' : 'fallback'
}
