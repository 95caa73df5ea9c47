import site from '../../content/site.json' with { type: 'json' }
import { expect, SITE, test } from '../world.ts'

test('a Wi-Fi that answers everything with its own page: the page says so, and tries again', async ({
  open,
}) => {
  const { page } = await open('ios')
  await page.goto(`${SITE}/me`)
  await page.route('**/api/articles**', (route) =>
    route.fulfill({ status: 200, contentType: 'text/html', body: '<!doctype html><title>Wi-Fi</title>' }),
  )
  await page.getByRole('link', { name: site.shortName, exact: true }).click()
  await expect(page.getByRole('alert')).toContainText('请先完成它的登录')
  await page.unroute('**/api/articles**')
  await page.getByRole('button', { name: '重试' }).click()
  await expect(page.getByRole('link', { name: '从零到第一张分享卡片' })).toBeVisible()
})
