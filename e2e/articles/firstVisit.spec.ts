// What a first visit costs: requests before the card is set, script, shifts of the layout.
import { expect, SITE, test } from '../world.ts'

const ARTICLE = `${SITE}/articles/first-share-card`
const OFFICIAL = 'https://res.wx.qq.com/open/js/jweixin-1.6.0.js'
const JAVASCRIPT_LIMIT = 48_000 // bytes, compressed

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
    expect(asked.filter((url) => /\/api\/|http-|session|Guard|openPanel|vconsole|Page-/.test(url))).toEqual(
      [],
    )
  })
}

test('ios: the config in the HTML serves the whole visit', async ({ open }) => {
  const wechat = await open('ios')
  const { page } = wechat
  const signed: string[] = []
  page.on('request', (request) => void (request.url().includes('signature') && signed.push(request.url())))
  await page.goto(SITE)
  for (const [name, title] of [
    ['从零到第一张分享卡片', '从零到第一张分享卡片'],
    ['周六下午，一起去山里喝茶', '周六一起去山里喝茶吗？'],
  ]) {
    await page.getByRole('link', { name }).click()
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

for (const [locale, path, words] of [
  ['zh-CN', '/articles/first-share-card', '启动'],
  ['en-US', '/articles/first-share-card', '启动'],
  ['zh-CN', '/', '周六下午，一起去山里喝茶'],
  ['en-US', '/', '周六下午，一起去山里喝茶'],
] as const)
  test(`${locale}, ${path}: without any script it says the same, at the same places`, async ({ chrome }) => {
    test.slow()
    const read = async (javaScriptEnabled: boolean) => {
      const view = { viewport: { width: 390, height: 760 }, ignoreHTTPSErrors: true, locale }
      const context = await chrome.newContext({ ...view, javaScriptEnabled })
      const page = await context.newPage()
      await page.goto(SITE + path, { waitUntil: 'networkidle' })
      const parts =
        '.bar, .brand, .bar-link, .cover, h1, p, time, .prose, .card, .card a, .article-author, .neighbours a, .footer a'
      const boxes = await page.locator(`#app :is(${parts})`).evaluateAll((found) =>
        found.map((one) => {
          const { x, y, width, height } = one.getBoundingClientRect()
          return [one.localName, one.checkVisibility() ? { x, y, width, height } : null]
        }),
      )
      const text = await page.locator('#app').innerText()
      const isApp = await page.evaluate(() => '__vue_app__' in (document.querySelector('#app') ?? {}))
      await context.close()
      return { isApp, text, boxes }
    }
    const [app, shell] = [await read(true), await read(false)]
    expect([app.isApp, shell.isApp]).toEqual([true, false])
    expect(shell.text).toContain(words)
    expect({ ...shell, isApp: true }).toEqual(app)
  })

test('where the app never comes, people read, go on by links, and share', async ({ open }) => {
  const wechat = await open('android')
  const { page } = wechat
  await page.route('**/assets/*.js', (route) => route.fulfill({ status: 404 }))
  await page.goto(SITE)
  await page.getByRole('link', { name: '从零到第一张分享卡片' }).click()
  await expect(page).toHaveURL(ARTICLE)
  await expect(page.getByRole('heading', { level: 2 }).first()).toHaveText('启动')
  const image = `${SITE}/covers/first-share-card.jpg`
  await expect
    .poll(() => wechat.share('appmessage'))
    .toMatchObject({
      ...{ source: 'default', title: '从零到第一张分享卡片', imgUrl: image },
    })
})

for (const [name, path, part] of [
  ['an article', '/articles/first-share-card', '.prose'],
  ['the list', '/', '.cards'],
] as const)
  test(`${name} is read while the app is on its way, and stays where it is when it comes`, async ({
    open,
  }) => {
    const { page } = await open('ios')
    // In every frame that is painted: how much there is to read, and where the reader is.
    await page.addInitScript((selector) => {
      const frames: string[] = []
      const look = () => {
        const length = document.querySelector(selector)?.textContent?.length ?? 0
        const seen = `${length} at ${Math.round(scrollY)}`
        if (length > 0 && frames.at(-1) !== seen) frames.push(seen)
        else if (length === 0 && frames.length > 0) frames.push('nothing')
        requestAnimationFrame(look)
      }
      requestAnimationFrame(look)
      Object.assign(window, { frames })
    }, part)
    let come = () => {}
    const held = new Promise<void>((done) => (come = done))
    await page.route('**/assets/index-*.js', async (route) => {
      await held
      await route.continue()
    })
    await page.goto(SITE + path, { waitUntil: 'commit' })
    await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible()
    await page.evaluate(() => scrollTo(0, 300))
    const frames = () => page.evaluate(() => Reflect.get(window, 'frames') as unknown as string[])
    await expect.poll(async () => (await frames()).at(-1)).toMatch(/ at 300$/)
    const before = await frames()
    come()
    await page.waitForFunction(() => '__vue_app__' in (document.querySelector('#app') ?? {}))
    await page.waitForLoadState('networkidle')
    expect((await frames()).slice(before.length)).toEqual([])
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
