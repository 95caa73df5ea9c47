// What every page has, and what stands in for WeChat outside it.
import { expect, SITE, test } from './world.ts'

test('the foot of every page leads to the terms and the privacy policy', async ({ open }) => {
  test.slow()
  const { page } = await open('ios')
  for (const path of ['/', '/nothing/here']) {
    await page.goto(SITE + path)
    await expect(page.getByRole('contentinfo').getByRole('link', { name: '隐私政策' })).toBeVisible()
  }
  await page.getByRole('contentinfo').getByRole('link', { name: '用户协议' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('用户协议')
  await page.getByRole('main').getByRole('link', { name: '隐私政策' }).click()
  await expect(page).toHaveURL(`${SITE}/privacy`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('隐私政策')
})

test('who logs in reads what they agree to, and comes back', async ({ open }) => {
  const { page } = await open('android')
  await page.goto(`${SITE}/me`)
  await page.getByRole('link', { name: '《隐私政策》' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('隐私政策')
  await page.goBack()
  await expect(page.getByRole('button', { name: '微信登录' })).toBeVisible()
})

test('each reader in their language, with and without the app', async ({ chrome }) => {
  for (const javaScriptEnabled of [true, false]) {
    const context = await chrome.newContext({ ignoreHTTPSErrors: true, locale: 'en-GB', javaScriptEnabled })
    const page = await context.newPage()
    await page.goto(`${SITE}/privacy`)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Privacy policy')
    await expect(page.getByRole('main')).toContainText('See and correct it')
    await context.close()
  }
})

test('outside WeChat a page that needs it has its address as a QR code, and a button that copies it', async ({
  chrome,
}) => {
  const context = await chrome.newContext({ ignoreHTTPSErrors: true, locale: 'en-GB' })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const page = await context.newPage()
  await page.goto(`${SITE}/members?tab=2`)
  const code = page.getByRole('img', { name: 'QR code of this page' })
  await expect(code).toHaveAttribute('data-address', `${SITE}/members?tab=2`)
  // Three corners of seven dark squares, and a quiet zone of three: what a scanner looks for first.
  const path = (await code.locator('path').getAttribute('d')) ?? ''
  const dark = new Set([...path.matchAll(/M(\d+) (\d+)/g)].map(([, x, y]) => `${x} ${y}`))
  const size = Number((await code.getAttribute('viewBox'))?.split(' ')[3])
  for (const [x, y] of [
    [3, 3],
    [size - 10, 3],
    [3, size - 10],
  ] as const)
    for (let at = 0; at < 7; at++) {
      expect(dark.has(`${x + at} ${y}`)).toBe(true)
      expect(dark.has(`${x} ${y + at}`)).toBe(true)
    }
  expect([...dark].filter((one) => one.split(' ').some((n) => Number(n) < 3))).toEqual([])

  await page.getByRole('button', { name: 'Copy the link' }).click()
  await expect(page.getByRole('status')).toContainText('Send it to yourself')
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${SITE}/members?tab=2`)
  await context.close()
})

test('where nothing can be copied, the address is there to be selected', async ({ chrome }) => {
  const context = await chrome.newContext({ ignoreHTTPSErrors: true, locale: 'en-GB' })
  const page = await context.newPage()
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined })
    document.execCommand = () => false
  })
  await page.goto(`${SITE}/me`)
  await page.getByRole('button', { name: 'Copy the link' }).click()
  await expect(page.getByRole('textbox')).toHaveValue(`${SITE}/me`)
  await context.close()
})

test('a picture that is gone gives way to the empty one', async ({ open }) => {
  const { page } = await open('ios')
  await page.goto(`${SITE}/me`)
  await page.getByRole('button', { name: '微信登录' }).click()
  await page.route('**/*', (route) =>
    route.request().resourceType() === 'image' && !route.request().url().startsWith(SITE)
      ? route.fulfill({ status: 404 })
      : route.fallback(),
  )
  await page.getByRole('button', { name: '允许' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('小晴')
  await expect(page.locator('.avatar-empty')).toBeVisible()
  await expect(page.locator('img.avatar')).toHaveCount(0)
})

test('a login that is refused is a page of the site, in the dark too', async ({ open }) => {
  const { page } = await open('ios')
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.goto(`${SITE}/api/wechat/oauth/callback?code=abc&state=${'0'.repeat(32)}`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('登录没有成功')
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(20, 22, 20)')
  expect(await page.locator('script').count()).toBe(0)
  await page.getByRole('link', { name: '重试' }).click()
  await expect(page.getByRole('button', { name: '微信登录' })).toBeVisible()
})
