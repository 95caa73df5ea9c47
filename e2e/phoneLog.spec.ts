// The log beside the phone: why something was refused, and what to do.
import { configured, expect, inPage, test } from './phoneWorld.ts'

test('a refused signature is explained: both strings, the first difference, the cause', async ({
  open,
  url,
}) => {
  const { page, web } = await open({ path: '/a?x=1' })
  expect(await inPage(web, `configure(location.origin + '/a', { jsApiList: [] })`)).toBe(
    'config:invalid signature',
  )
  const refusal = page.locator('.refusal').first()
  await expect(refusal).toContainText('The address was signed without its query.')
  await expect(refusal.locator('mark.right')).toHaveText('?x=1')
  await expect(refusal.locator('dd').nth(1)).toContainText(`&url=${url}/a?x=1`)
  expect(await configured(web, 'scanQRCode')).toBe('ok')
  await expect(page.locator('.entry.good', { hasText: 'wx.config' })).toBeVisible()
})

test('why it was refused: the cause opens, what follows from it is folded under it, by page load', async ({
  open,
}) => {
  const { page, web } = await open({ width: 390, locale: 'zh-CN' })
  const card = (name: string) => inPage(web, `call('${name}', { title: 'A', link: location.href })`)
  await inPage(web, `configure(location.origin + '/wrong', { jsApiList: [] })`)
  for (const name of ['updateAppMessageShareData', 'updateTimelineShareData']) await card(name)
  await page.getByRole('button', { name: 'wx.config 失败，查看原因' }).click()
  const config = page.locator('.load > ol > .entry.bad')
  await expect(config).toHaveCount(1)
  await expect(config.locator('> details > summary')).toBeFocused()
  await expect(config.locator('> details > summary code')).toHaveText('wx.config')
  await expect(config.locator('.refusal').first()).toBeInViewport()
  const folded = config.locator('.consequences .entry')
  await expect(folded).toHaveCount(2)
  await expect(folded.first()).toBeHidden()
  await page.getByText('因此失败的调用：2 个').click()
  await expect(folded.first()).toContainText('updateTimelineShareData')
  await expect(config.locator('time').first()).toHaveText(/^\d\d:\d\d:\d\d$/)

  await page.keyboard.press('Escape')
  await web.getByRole('link', { name: 'two' }).click()
  await expect(page).toHaveURL(/two$/)
  await inPage(web, `configure(location.origin + '/wrong', { jsApiList: [] })`)
  await page.getByRole('button', { name: 'wx.config 失败，查看原因' }).click()
  await expect(page.locator('.load h3')).toHaveText([/^\d\d:\d\d:\d\d \/two$/, /^\d\d:\d\d:\d\d \/$/])
  await expect(page.locator('.load').first().locator('> ol > .entry.bad > details > summary')).toBeFocused()
})

test('a ticket that ends while the site does not ask for it: panel and log say until when', async ({
  open,
  site,
  platform,
}) => {
  const { page, web } = await open({ locale: 'zh-CN' })
  site.recheckAfter = 40
  await inPage(web, `fetch('/sign?url=')`)
  await inPage(
    web,
    `sign = fetch('/sign?url=' + encodeURIComponent(location.href)).then((one) => one.json())`,
  )
  await inPage(web, 'sign')
  await page.getByRole('tab', { name: '规则与故障' }).click()
  await page.getByRole('button', { name: 'jsapi_ticket 失效' }).click()
  const wait = /每分钟最多向微信核对一次 jsapi_ticket，下一次最早在 \d\d:\d\d:\d\d/
  await expect(page.locator('#toast')).toHaveText(wait)
  await expect(page.locator('#panel-body').getByText(wait)).toBeVisible()
  await inPage(web, `sign.then((signed) => wx.config(Object.assign(signed, { jsApiList: ['scanQRCode'] })))`)
  await page.getByRole('button', { name: 'wx.config 失败，查看原因' }).click()
  const refusal = page.locator('.entry.bad .refusal')
  await expect(refusal).toContainText('签名用的 jsapi_ticket 已失效。')
  await expect(refusal).toContainText(wait)
  platform.clock.forward(7200) // the site's own clock has not moved
  await page.reload()
  await page.getByRole('tab', { name: '规则与故障' }).click()
  await expect(page.locator('#panel-body').getByText(wait)).toBeVisible()
})
