import site from '../../content/site.json' with { type: 'json' }
import { cardLink, expect, SITE, test } from '../world.ts'

test('after a login the page shares as before, since no code is left in its address', async ({ open }) => {
  const wechat = await open('ios')
  const { page } = wechat
  await page.goto(`${SITE}/me`)
  await page.getByRole('button', { name: '微信登录' }).click()
  await page.getByRole('button', { name: '允许' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('小晴')
  await page.getByRole('link', { name: site.shortName }).click()
  await page.getByRole('link', { name: '从零到第一张分享卡片' }).click()
  await expect(page.getByRole('status')).toHaveAttribute('data-status', 'ready')
  expect(await wechat.share('appmessage')).toMatchObject({ link: cardLink('first-share-card') })
})
