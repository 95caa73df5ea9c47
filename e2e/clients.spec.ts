// Clients that differ from most: what is believed of them can be switched in the sandbox.
import { expect, SITE, test } from './world.ts'

const title = '从零到第一张分享卡片'

test('HarmonyOS has its card', async ({ open }) => {
  const wechat = await open('harmony')
  await wechat.page.goto(SITE)
  await wechat.page.getByRole('link', { name: title }).click()
  await expect(wechat.page.getByRole('status')).toHaveAttribute('data-status', 'ready')
  expect(await wechat.share('appmessage')).toMatchObject({ title, source: 'update' })
})

test('HarmonyOS, which tells the page of no refusal, is not taken for ready', async ({ open, platform }) => {
  platform.account.jsDomains = ['other.example.com']
  const { page } = await open('harmony')
  await page.goto(`${SITE}/articles/first-share-card`)
  await expect(page.getByRole('status')).toHaveAttribute('data-status', 'failed', { timeout: 15_000 })
})

test('an iOS that judges by the current address gets it, on every page', async ({ open }) => {
  const wechat = await open('ios', { quirks: { iosJudgesBy: 'current' } })
  const { page } = wechat
  await page.goto(`${SITE}/?debug=1`)
  await page.getByRole('link', { name: title }).click()
  await expect(page.locator('.share-status')).toHaveAttribute('data-status', 'ready')
  expect(await wechat.share('timeline')).toMatchObject({ title, source: 'update' })
  await expect(page.locator('[data-finding]')).toHaveAttribute('data-finding', 'good_by_other_url')
})

test('an Android that ignores new cards unless the old names are listed', async ({ open }) => {
  const wechat = await open('android', { quirks: { androidCardNeedsLegacyNames: 'yes' } })
  await wechat.page.goto(`${SITE}/articles/first-share-card`)
  await expect(wechat.page.getByRole('status')).toHaveAttribute('data-status', 'ready')
  expect(await wechat.share('appmessage')).toMatchObject({ title, source: 'update' })
})

test('a WeChat before 6.7.2 shares the old way, and the page says so', async ({ open }) => {
  const wechat = await open('android', { device: { version: '6.7.1' } })
  await wechat.page.goto(`${SITE}/articles/first-share-card`)
  await expect(wechat.page.getByRole('status')).toHaveAttribute('data-status', 'legacy')
  expect(await wechat.share('appmessage')).toMatchObject({ title, source: 'legacy' })
  expect(await wechat.share('timeline')).toMatchObject({ title, source: 'legacy' })
})
