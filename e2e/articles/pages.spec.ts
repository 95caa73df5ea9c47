// The pages as people meet them: for everybody, at any size of type, in light and dark.
import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, SITE, test } from '../world.ts'

const PAGES = {
  list: '/',
  article: '/articles/first-share-card',
  me: '/me',
  missing: '/articles/nothing-here',
  lab: '/lab',
  members: '/members',
  terms: '/terms',
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no barrier for anybody: ${colorScheme}`, async ({ open }) => {
    test.slow()
    const { page } = await open('ios')
    await page.emulateMedia({ colorScheme })
    // In the dark nothing differs but the colours, which three pages have among them.
    const pages = Object.entries(PAGES).slice(0, colorScheme === 'dark' ? 3 : undefined)
    for (const [name, path] of pages) {
      await page.goto(SITE + path)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      const axe = new AxeBuilder({ page })
      if (colorScheme === 'dark') axe.withRules('color-contrast')
      const { violations } = await axe.analyze()
      expect(violations.map(({ id, nodes }) => [name, id, nodes[0]?.html])).toEqual([])
      // The largest type that WeChat offers makes no page wider than the phone.
      await page.addStyleTag({ content: 'html { font-size: 150% }' })
      expect([name, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([name, 390])
    }
  })

  // Where the fonts of the pictures are: on Debian with fonts-noto-cjk, which the tests install where they may.
  test(`looks as it did: ${colorScheme}`, async ({ open }, info) => {
    test.slow()
    // A new project has none yet, and makes its own when it likes how it looks. Playwright would write them, and fail.
    const hasPictures = existsSync(dirname(info.snapshotPath('list.png', { kind: 'screenshot' })))
    const isAsked = ['all', 'changed', 'missing'].includes(info.config.updateSnapshots)
    test.skip(
      !hasPictures && !isAsked,
      'no pictures yet: "pnpm test:e2e pages --update-snapshots" makes them',
    )
    const { page } = await open('ios')
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    for (const name of ['list', 'article', 'me', 'missing'] as const) {
      await page.goto(SITE + PAGES[name], { waitUntil: 'networkidle' })
      await page.addStyleTag({ content: `* { font-family: '${FONT}' !important }` })
      test.skip(process.platform !== 'linux' || !(await hasFont(page)), `${FONT} is not installed`)
      await expect(page).toHaveScreenshot(`${name}-${colorScheme}.png`, { maxDiffPixelRatio: 0.02 })
    }
  })
}

test('with the keyboard: past the bar to the content, and on with the new page', async ({ open }) => {
  const { page } = await open('ios')
  await page.goto(SITE)
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: '跳到正文' })).toBeFocused()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: '从零到第一张分享卡片' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('从零到第一张分享卡片')
  await expect(page.getByRole('main')).toBeFocused()
})

test('front matter says what the card shows in place of the title; a cover that is gone gives way to the default', async ({
  open,
}) => {
  const wechat = await open('android')
  const { page } = wechat
  await page.route('**/covers/which-url-is-signed.jpg', (route) => route.fulfill({ status: 404 }))
  await page.goto(`${SITE}/articles/which-url-is-signed`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('iOS 和 Android，签名到底用哪个 URL')
  await expect(page.locator('.article-cover')).toHaveAttribute('src', '/covers/default.jpg')
  await expect(page.getByRole('status')).toHaveAttribute('data-status', 'ready')
  expect(await wechat.share('appmessage')).toMatchObject({ title: 'invalid signature？先看签的是哪个 URL' })
})

test('from an article to the one before it, and back', async ({ open }) => {
  const { page } = await open('ios')
  await page.goto(`${SITE}/articles/first-share-card`)
  await expect(page.locator('.article-author')).toHaveText('阿木')
  await page.getByRole('link', { name: '上一篇' }).click()
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('从零到第一张分享卡片')
  await page.getByRole('link', { name: '下一篇' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('从零到第一张分享卡片')
})

test('no style that a phone would not know: its own text size, and no gap in flex boxes', async ({
  open,
}) => {
  const { page } = await open('ios')
  await page.goto(SITE)
  const styles = await page
    .locator('link[rel="stylesheet"]')
    .evaluateAll((links) =>
      Promise.all(links.map(async (link) => (await fetch('href' in link ? String(link.href) : '')).text())),
    )
  expect(styles.join()).toContain('-webkit-text-size-adjust:100%')
  for (const path of Object.values(PAGES)) {
    await page.goto(SITE + path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    // Safari before 14.1 lays them out without it.
    const gaps = await page
      .locator('#app *')
      .evaluateAll((all) =>
        all
          .filter(
            (one) => /flex/.test(getComputedStyle(one).display) && getComputedStyle(one).gap !== 'normal',
          )
          .map((one) => one.className),
      )
    expect([path, gaps]).toEqual([path, []])
  }
})

test('frames with addresses of the app, by which older clients carry calls, are not stopped', async ({
  chrome,
}) => {
  const context = await chrome.newContext({ ignoreHTTPSErrors: true })
  const page = await context.newPage()
  await page.goto(SITE)
  const stopped = await page.evaluate(async () => {
    const blocked: string[] = []
    document.addEventListener('securitypolicyviolation', ({ blockedURI }) => blocked.push(blockedURI))
    for (const src of ['weixin://dispatch_message/', 'weixinping://iframe', 'https://other.example/']) {
      const frame = document.createElement('iframe')
      frame.src = src
      document.body.append(frame)
    }
    // The last one is not allowed: once it is reported, so would the others be.
    while (!blocked.some((uri) => uri.startsWith('https:'))) await new Promise((done) => setTimeout(done, 20))
    return blocked
  })
  expect(stopped).toEqual(['https://other.example'])
  await context.close()
})

test('a new query is the same page: it stays where it is, and nothing is read out again', async ({
  open,
}) => {
  const wechat = await open('android')
  const { page } = wechat
  await page.goto(`${SITE}/articles/first-share-card`)
  const status = page.getByRole('status')
  await expect(status).toHaveAttribute('data-status', 'ready')
  await page.evaluate(() => {
    scrollTo(0, 400)
    const said: string[] = []
    const note = () => said.push(document.querySelector('[role=status]')?.textContent ?? '')
    const region = document.querySelector('[role=status]')
    if (region)
      new MutationObserver(note).observe(region, { subtree: true, childList: true, characterData: true })
    Object.assign(window, { said })
  })
  const configs = () => wechat.calls.filter(({ name }) => name === 'preVerifyJSAPI').length
  const before = configs()
  await page.evaluate(() => {
    const root: unknown = Reflect.get(document.querySelector('#app') ?? {}, '__vue_app__')
    const app = root as { config: { globalProperties: { $router: { push(to: string): void } } } }
    app.config.globalProperties.$router.push('?tab=2')
  })
  await expect(page).toHaveURL(/\?tab=2$/)
  // The new address has its own config and its card, as every one has.
  await expect.poll(configs).toBeGreaterThan(before)
  await expect(status).toHaveAttribute('data-status', 'ready')
  expect(await page.evaluate(() => [scrollY, Reflect.get(window, 'said')])).toEqual([400, []])
})

const FONT = 'Noto Sans CJK SC'

// A font that is missing gives way to the one named after it, and the text has that one's width.
function hasFont(page: Page): Promise<boolean> {
  return page.evaluate((name) => {
    const pen = document.createElement('canvas').getContext('2d')
    const widthIn = (font: string) => {
      if (pen) pen.font = `40px ${font}`
      return pen?.measureText('Wi 从零').width
    }
    return widthIn(`'${name}', monospace`) !== widthIn('monospace')
  }, FONT)
}
