// `?debug=1`, for a phone that has no developer tools.
import { AxeBuilder } from '@axe-core/playwright'
import { cardLink, expect, SITE, test, testAlone } from '../world.ts'

const ARTICLE = `${SITE}/articles/first-share-card`

test('says what was signed, what WeChat said to it, and that all is well', async ({ open }) => {
  const wechat = await open('ios')
  const { page } = wechat
  await page.goto(`${ARTICLE}?debug=1`)
  const panel = page.getByRole('complementary', { name: '微信调试' })
  await expect(panel.locator('[data-finding]')).toHaveAttribute('data-finding', 'good')
  await expect(panel).toContainText(`${ARTICLE}?debug=1 微信用它校验签名`)
  await expect(panel).toContainText('HTML 内联的签名')
  expect(await wechat.share('appmessage')).toMatchObject({ link: cardLink('first-share-card') })
  const { violations } = await new AxeBuilder({ page }).include('.wechat-debug').analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])

  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await panel.getByRole('button', { name: '复制' }).click()
  await expect(panel.getByRole('button', { name: '已复制' })).toBeVisible()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toContain('config:ok')
  expect(copied).not.toMatch(/\b[0-9a-f]{40}\b/)

  await panel.getByRole('button', { name: '打开控制台' }).click()
  await expect(page.locator('#__vconsole .vc-switch')).toBeVisible()
  await panel.getByRole('button', { name: '关闭' }).click()
  await expect(panel).toHaveCount(0)
})

testAlone(
  'a ticket that ends within a minute of a check: says from when on it is checked again',
  async ({ open, platform }) => {
    const { page } = await open('android')
    await page.goto(`${ARTICLE}?debug=1`)
    const finding = page.locator('[data-finding]')
    await expect(finding).toHaveAttribute('data-finding', 'good')
    platform.tokens.killTickets()
    await page.reload()
    await expect(finding).toHaveAttribute('data-finding', 'good') // it was checked at once
    platform.tokens.killTickets()
    await page.reload()
    await expect(finding).toHaveAttribute('data-finding', 'invalid_signature')
    await expect(finding).toContainText(/每分钟最多.*下一次最早在 \d+:\d\d:\d\d/)
  },
)

testAlone('names the likely cause of a refusal', async ({ open, platform }) => {
  platform.account.jsDomains = ['other.example.com']
  const { page } = await open('android')
  await page.goto(`${ARTICLE}?debug=1`)
  await expect(page.locator('[data-finding]')).toHaveAttribute('data-finding', 'invalid_domain')
  await expect(page.getByText('config:invalid url domain').first()).toBeVisible()
})
