// Clients that differ from most: what is believed of them can be switched in the sandbox.
import { expect, SITE, test } from './world.ts'

const ARTICLE = `${SITE}/articles/first-share-card`
const title = '从零到第一张分享卡片'

test('HarmonyOS has its card; and as it tells a page of no refusal, it is not taken for ready', async ({
  open,
  platform,
}) => {
  test.slow() // it takes its time to believe in a refusal that nobody tells
  const wechat = await open('harmony')
  const { page } = wechat
  await page.goto(SITE)
  await page.getByRole('link', { name: title }).click()
  await expect(page.getByRole('status')).toHaveAttribute('data-status', 'ready')
  expect(await wechat.share('appmessage')).toMatchObject({ title, source: 'update' })

  platform.account.jsDomains = ['other.example.com']
  await page.reload()
  await expect(page.getByRole('status')).toHaveAttribute('data-status', 'failed', { timeout: 40_000 })
})

test('an iOS that judges by the current address gets it, on every page', async ({ open }) => {
  const wechat = await open('ios', { quirks: { iosJudgesBy: 'current' } })
  const { page } = wechat
  await page.goto(`${SITE}/?debug=1`)
  await page.getByRole('link', { name: title }).click()
  await expect(page.locator('.share-status')).toHaveAttribute('data-status', 'ready')
  expect(await wechat.share('timeline')).toMatchObject({ title, source: 'update' })
  await expect(page.locator('[data-finding]')).toHaveAttribute('data-finding', 'good_by_other_url')

  // While the page is away another one may set its own card; when it is back it sets its own again.
  const other = { title: 'Other', desc: '', link: ARTICLE, imgUrl: `${SITE}/a.jpg` }
  await page.evaluate((card) => Reflect.get(window, 'wx').updateAppMessageShareData(card), other)
  await expect.poll(() => wechat.share('appmessage')).toMatchObject({ title: 'Other' })
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await expect.poll(() => wechat.share('appmessage')).toMatchObject({ title })
})

test('an Android that wants the old names listed, and a WeChat before 6.7.2 that knows only them', async ({
  open,
}) => {
  const picky = await open('android', { quirks: { androidCardNeedsLegacyNames: 'yes' } })
  await picky.page.goto(ARTICLE)
  await expect(picky.page.getByRole('status')).toHaveAttribute('data-status', 'ready')
  expect(await picky.share('appmessage')).toMatchObject({ title, source: 'update' })

  const old = await open('android', { device: { version: '6.7.1' } })
  await old.page.goto(ARTICLE)
  await expect(old.page.getByRole('status')).toHaveAttribute('data-status', 'legacy')
  expect(await old.share('appmessage')).toMatchObject({ title, source: 'legacy' })
  expect(await old.share('timeline')).toMatchObject({ title, source: 'legacy' })
})
