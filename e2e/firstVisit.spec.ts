// What a first visit costs: requests before the card is set, script, shifts of the layout.
import { expect, SITE, test } from './world.ts'

const ARTICLE = `${SITE}/articles/first-share-card`
const OFFICIAL = 'https://res.wx.qq.com/open/js/jweixin-1.6.0.js'
const JAVASCRIPT_LIMIT = 60_000 // bytes, compressed

for (const os of ['ios', 'android'] as const) {
  test(`${os}: before the card is set only the page, its files and the official script are asked for`, async ({
    open,
  }) => {
    const { page, calls } = await open(os)
    const asked: string[] = []
    const askedBeforeCard = () => asked.slice(0, cardAt)
    let cardAt: number | undefined
    page.on('request', (request) => {
      if (calls.some(({ name }) => name === 'updateAppMessageShareData')) cardAt ??= asked.length
      asked.push(request.url())
    })
    await page.goto(ARTICLE)
    await expect(page.getByRole('status')).toHaveAttribute('data-status', 'ready')
    cardAt ??= asked.length
    const files = new RegExp(`^${SITE}/(assets/|covers/|favicon\\.svg$)`)
    expect(
      askedBeforeCard().filter((url) => url !== ARTICLE && url !== OFFICIAL && !files.test(url)),
    ).toEqual([])
    expect(asked.filter((url) => url === OFFICIAL)).toHaveLength(1)
    // Nor is anything that only others need: the API's client, `?debug=1`, other pages.
    expect(asked.filter((url) => /\/api\/|http-|openPanel|vconsole|Page-/.test(url))).toEqual([])
  })
}

test('ios: the config in the HTML serves the whole visit', async ({ open }) => {
  const wechat = await open('ios')
  const { page } = wechat
  const signed: string[] = []
  page.on('request', (request) => void (request.url().includes('signature') && signed.push(request.url())))
  await page.goto(SITE)
  for (const title of ['从零到第一张分享卡片', 'From the sandbox to a real phone']) {
    await page.getByRole('link', { name: title }).click()
    await expect(page.getByRole('status')).toHaveAttribute('data-status', 'ready')
    expect(await wechat.share('timeline')).toMatchObject({ title })
    await page.goBack()
  }
  expect(signed).toEqual([])
})

test('the script of an article and the shifts of its layout stay within their limits', async ({ open }) => {
  const { page } = await open('android')
  await page.addInitScript(() => {
    const shifts: number[] = []
    Object.assign(window, { shifts })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if ('value' in entry) shifts.push(Number(entry.value))
    }).observe({ type: 'layout-shift', buffered: true })
  })
  const sizes: Promise<number>[] = []
  page.on('requestfinished', (request) => {
    const isOurs = request.resourceType() === 'script' && request.url().startsWith(SITE)
    if (isOurs) sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize))
  })
  const shifts = () => page.evaluate(() => ('shifts' in window ? window.shifts : undefined))

  await page.goto(ARTICLE, { waitUntil: 'networkidle' })
  await expect(page.getByRole('status')).toHaveAttribute('data-status', 'ready')
  const javascript = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
  expect(javascript).toBeGreaterThan(20_000)
  expect(javascript).toBeLessThanOrEqual(JAVASCRIPT_LIMIT)
  expect(await shifts()).toEqual([])

  await page.goto(SITE, { waitUntil: 'networkidle' })
  expect(await shifts()).toEqual([])
})

test('before any script runs an article has its head, exactly where the app draws it', async ({ chrome }) => {
  const boxes = await Promise.all(
    [true, false].map(async (javaScriptEnabled) => {
      const view = { viewport: { width: 390, height: 760 }, ignoreHTTPSErrors: true }
      const context = await chrome.newContext({ ...view, javaScriptEnabled })
      const page = await context.newPage()
      await page.goto(ARTICLE, { waitUntil: 'networkidle' })
      const parts = ['.bar', '.brand', '.article-cover', 'h1', '.article-summary'].map((part) =>
        page.locator(part),
      )
      const found = await Promise.all(parts.map((part) => part.boundingBox()))
      await context.close()
      return found
    }),
  )
  expect(boxes[0]?.every((box) => box !== null && box.height > 20)).toBe(true)
  expect(boxes[1]).toEqual(boxes[0])
})

test('from the list an article has its title at once, before its text is here', async ({ open }) => {
  const { page } = await open('android')
  await page.goto(SITE)
  const held = new Promise<() => Promise<void>>((done) => {
    void page.route('**/api/articles/**', (route) => done(() => route.continue()))
  })
  await page.getByRole('link', { name: '从零到第一张分享卡片' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('从零到第一张分享卡片')
  await expect(page.locator('.prose')).toHaveAttribute('aria-busy', 'true')
  await (
    await held
  )()
  await expect(page.getByRole('heading', { level: 2 }).first()).toHaveText('启动')
})
