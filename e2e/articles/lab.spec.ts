// JS-APIs and open tags, through Tencent's own script.
import { expect, SITE, test, testAlone } from '../world.ts'

for (const os of ['ios', 'android'] as const) {
  test(`${os}: calls and tags under one config`, async ({ open }) => {
    const { page, calls } = await open(os)
    await page.goto(`${SITE}/lab`)
    const answerTo = async (name: string) => {
      await page.getByRole('button', { name }).click()
      return page.getByRole('listitem').filter({ hasText: name }).getByRole('status')
    }
    await expect(await answerTo('网络类型')).toHaveText('wifi')
    await expect(await answerTo('扫一扫')).toHaveText('https://example.com/scanned')
    await expect(await answerTo('我的位置')).toHaveText(/^-?\d+\.\d+, -?\d+\.\d+$/)
    await expect(await answerTo('选一张图片')).toHaveText(/\w/)
    const picture = page.getByRole('img', { name: '选中的图片' })
    await expect(picture).toBeVisible()
    await expect(picture).toHaveJSProperty('complete', true)
    expect(await picture.evaluate((image) => 'naturalWidth' in image && image.naturalWidth)).toBeGreaterThan(
      0,
    )
    await expect(page.locator('wx-open-subscribe').getByRole('button', { name: '订阅通知' })).toBeVisible()
    await expect(
      page.locator('wx-open-launch-weapp').getByRole('button', { name: '打开小程序' }),
    ).toBeVisible()
    expect(calls.filter(({ name }) => name === 'preVerifyJSAPI')).toHaveLength(1)

    // After a route change the tags need a config of their own, on iOS as well.
    await page.goto(`${SITE}/me`)
    await page.getByRole('link', { name: '接口实验室' }).click()
    await expect(page.locator('wx-open-subscribe').getByRole('button', { name: '订阅通知' })).toBeVisible()
  })
}

testAlone('where every config is refused, a call that needs none is answered', async ({ open, platform }) => {
  platform.account.jsDomains = ['other.example.com']
  const { page } = await open('android')
  await page.goto(`${SITE}/lab`)
  await page.getByRole('button', { name: '网络类型' }).click()
  await expect(page.getByText('wifi')).toBeVisible()
  await page.getByRole('button', { name: '扫一扫' }).click()
  await expect(page.getByText('config_refused · config:invalid url domain')).toBeVisible({ timeout: 15_000 })
})

test('what the person calls off is told as that', async ({ open }) => {
  const { page } = await open('android', { answering: () => null })
  await page.goto(`${SITE}/lab`)
  await page.getByRole('button', { name: '扫一扫' }).click()
  await expect(page.getByText('cancelled · scanQRCode:cancel')).toBeVisible()
})

test('where WeChat draws no tags there is something else, and calls say so', async ({ chrome }) => {
  const context = await chrome.newContext({ ignoreHTTPSErrors: true, locale: 'en-GB' })
  const page = await context.newPage()
  await page.goto(`${SITE}/lab`)
  await expect(page.getByText('Subscribe to messages: The open tag was not rendered')).toBeVisible()
  await page.getByRole('button', { name: 'Network type' }).click()
  await expect(page.getByText('outside · not open in WeChat')).toBeVisible()
  await context.close()
})
