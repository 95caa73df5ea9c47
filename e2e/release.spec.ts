// A page that stays open while the site is released again, or while the network comes and goes.
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { keepAssets, startBuiltApp } from 'starter-tools/testing'
import { renameAssets } from './renameAssets.ts'
import { expect, SITE, test } from './world.ts'

const CHUNK = '**/assets/MePage-*.js'
const me = { name: '我的', exact: true } as const
const login = { name: '微信登录' } as const

test('a part that a release removed: the page loads once and is where the person wanted to go', async ({
  open,
}) => {
  const { page } = await open('ios')
  await page.goto(SITE)
  const loads: string[] = []
  page.on('request', (request) => void (request.isNavigationRequest() && loads.push(request.url())))
  // Only the page that is loaded again belongs to the release that is there.
  await page.route(CHUNK, (route) => (loads.length ? route.continue() : route.fulfill({ status: 404 })))
  await page.getByRole('link', me).click()
  await expect(page.getByRole('button', login)).toBeVisible()
  expect(loads).toEqual([`${SITE}/me`])
})

for (const isKept of [true, false]) {
  const what = isKept ? 'keeps: the page notices nothing' : 'does not keep: the page loads once'
  test(`a process with the next release takes over, whose parts of this one it ${what}`, async ({
    open,
    hosts,
    site,
  }) => {
    const folder = mkdtempSync(join(tmpdir(), 'releases-'))
    const [dist, next] = [join(import.meta.dirname, '../dist'), join(folder, 'next')]
    cpSync(dist, next, { recursive: true })
    renameAssets(join(next, 'web'))
    if (isKept) keepAssets(join(dist, 'web/assets'), join(next, 'web/assets'))
    const start = (release: string) =>
      startBuiltApp({
        platform: site.platform,
        publicUrl: SITE,
        storeUrl: `sqlite:${join(folder, 'app.db')}`,
        server: join(release, 'server.js'),
      })
    const { host } = new URL(SITE)

    const first = await start(dist)
    hosts[host] = first.url
    const { page } = await open('android')
    await page.goto(`${SITE}/api/wechat/oauth/authorize?returnTo=/`)
    await expect(page.getByRole('link', me)).toBeVisible()
    const second = await start(next)
    hosts[host] = second.url
    await first.stop()

    const loads: string[] = []
    page.on('request', (request) => void (request.isNavigationRequest() && loads.push(request.url())))
    await page.getByRole('link', me).click()
    await expect(page.getByRole('button', { name: '退出登录' })).toBeVisible() // the login goes on
    expect(loads).toEqual(isKept ? [] : [`${SITE}/me`])
    await second.stop()
    rmSync(folder, { recursive: true })
  })
}

test('a part that stays away does not load the page for ever', async ({ open }) => {
  const { page } = await open('ios')
  await page.goto(SITE)
  await page.route(CHUNK, (route) => route.fulfill({ status: 404 }))
  const loads: string[] = []
  page.on('load', () => loads.push(page.url()))
  await page.getByRole('link', me).click()
  await expect.poll(() => loads).toEqual([`${SITE}/me`])
  await expect(page.getByRole('alert')).toBeVisible()
  await page.unroute(CHUNK)
  await page.getByRole('button', { name: '重试' }).click()
  await expect(page.getByRole('button', login)).toBeVisible()
})

test('without a network a page says so, and comes when the network is back', async ({ open }) => {
  const { page, context } = await open('android')
  await page.goto(SITE)
  await context.setOffline(true)
  await page.getByRole('link', me).click()
  await expect(page.getByRole('alert')).toContainText('网络连接已断开')
  await context.setOffline(false)
  await page.getByRole('button', { name: '重试' }).click()
  await expect(page.getByRole('button', login)).toBeVisible()
})

test.describe('where storage is blocked', () => {
  const block = () =>
    Object.defineProperty(window, 'sessionStorage', {
      get() {
        throw new DOMException('The operation is insecure.', 'SecurityError')
      },
    })

  test('the new release comes, too', async ({ open }) => {
    const { page } = await open('ios')
    await page.addInitScript(block)
    await page.goto(SITE)
    const loads: string[] = []
    page.on('request', (request) => void (request.isNavigationRequest() && loads.push(request.url())))
    await page.route(CHUNK, (route) => (loads.length ? route.continue() : route.fulfill({ status: 404 })))
    await page.getByRole('link', me).click()
    await expect(page.getByRole('button', login)).toBeVisible()
    expect(loads).toEqual([`${SITE}/me`])
  })

  test('a part that stays away does not load the page for ever', async ({ open }) => {
    const { page } = await open('ios')
    await page.addInitScript(block)
    await page.goto(SITE)
    await page.route(CHUNK, (route) => route.fulfill({ status: 404 }))
    const loads: string[] = []
    page.on('request', (request) => void (request.isNavigationRequest() && loads.push(request.url())))
    await page.getByRole('link', me).click()
    // To the page that the person was heading for, and that one once more.
    await expect.poll(() => loads.length).toBe(2)
    await expect(page.getByRole('alert')).toBeVisible()
    await page.waitForLoadState('networkidle')
    expect(loads).toHaveLength(2)
  })
})

test('a page from before the login, that comes back whole, knows who is there', async ({ open }) => {
  const { page, context } = await open('ios')
  await page.goto(`${SITE}/me`)
  await expect(page.getByRole('button', login)).toBeVisible()
  const other = await context.newPage()
  await other.goto(`${SITE}/api/wechat/oauth/authorize?returnTo=/me`)
  await expect(other.getByText('openid')).toBeVisible()
  await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })))
  await expect(page.getByRole('button', { name: '退出登录' })).toBeVisible()
})
