// Clients that differ from most: what is believed of them can be switched in the sandbox.
import { expect, SITE, test, testAlone } from '../world.ts'

const ARTICLE = `${SITE}/articles/first-share-card`
const title = '从零到第一张分享卡片'

testAlone(
  'HarmonyOS has its card; and as it tells a page of no refusal, it is not taken for ready',
  async ({ open, platform }) => {
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
  },
)

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

test('an iPhone that takes a card only at its entry: one signature to find out, then pages are loaded as a whole', async ({
  open,
}) => {
  const wechat = await open('ios', { quirks: { iosCardAwayFromEntry: 'refused' } })
  const { page } = wechat
  const signed: string[] = []
  const loaded: string[] = []
  page.on('request', (request) => {
    if (request.url().includes('/api/wechat/signature')) signed.push(request.url())
    if (request.isNavigationRequest()) loaded.push(request.url())
  })
  // A machine that runs tests without any network counts as offline, and then no page is loaded as a whole.
  await page.addInitScript(() => Object.defineProperty(navigator, 'onLine', { get: () => true }))
  await page.goto(SITE)
  await expect.poll(() => wechat.share('appmessage')).toMatchObject({ source: 'update' })
  await page.getByRole('link', { name: title }).click()
  await expect(page.getByRole('status')).toHaveAttribute('data-status', 'failed')
  expect([signed.length, loaded.length]).toEqual([1, 1])

  const next = '周六下午，一起去山里喝茶'
  await page.goto(SITE)
  await page.getByRole('link', { name: next }).click()
  await expect(page.getByRole('status')).toHaveAttribute('data-status', 'ready')
  expect(await wechat.share('appmessage')).toMatchObject({
    title: '周六一起去山里喝茶吗？',
    source: 'update',
  })
  expect([signed.length, loaded.length]).toEqual([1, 3])

  await page.goBack()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('最新文章')
  await expect.poll(() => wechat.share('appmessage')).toMatchObject({ link: `${SITE}/`, source: 'update' })
})
