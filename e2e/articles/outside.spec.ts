import { expect, SITE, test } from '../world.ts'

test('outside WeChat nothing of the JS-SDK is loaded and nothing hangs', async ({ chrome }) => {
  const context = await chrome.newContext({ ignoreHTTPSErrors: true, locale: 'en-GB' })
  const page = await context.newPage()
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.goto(`${SITE}/articles/first-share-card`, { waitUntil: 'networkidle' })
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('从零到第一张分享卡片')
  await expect(page.getByRole('status')).toHaveCount(0)
  expect(asked.filter((url) => !url.startsWith(SITE) || url.includes('/api/wechat'))).toEqual([])
  await context.close()
})

test('a page that does not exist, and an article that does not', async ({ chrome }) => {
  const context = await chrome.newContext({ ignoreHTTPSErrors: true, locale: 'en-GB' })
  const page = await context.newPage()
  const answer = await page.goto(`${SITE}/articles/nothing-here`)
  expect(answer?.status()).toBe(404)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('No such article')
  await page.goto(`${SITE}/nothing/here`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('No such page')
  await page.getByRole('link', { name: 'Back to home' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Latest articles')
  await context.close()
})

test('a page that cannot reach the server says so and tries again', async ({ chrome }) => {
  const context = await chrome.newContext({ ignoreHTTPSErrors: true, locale: 'en-GB' })
  const page = await context.newPage()
  await page.goto(SITE)
  await context.setOffline(true)
  await page.getByRole('link', { name: '周六下午，一起去山里喝茶' }).click()
  await expect(page.getByRole('alert')).toContainText('You seem to be offline')
  await context.setOffline(false)
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('周六下午，一起去山里喝茶')
  await context.close()
})
