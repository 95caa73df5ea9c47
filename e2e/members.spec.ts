// A page whose route says `meta: { login: true }`.
import { expect, SITE, test, testAlone } from './world.ts'

const MEMBERS = `${SITE}/members`
const title = { name: '会员页', level: 1 } as const

test('in WeChat a silent login leads to the very page', async ({ open }) => {
  const wechat = await open('android')
  const { page } = wechat
  await page.goto(`${MEMBERS}?from=menu`)
  await expect(page).toHaveURL(`${MEMBERS}?from=menu`)
  await expect(page.getByRole('heading', title)).toBeVisible()
  await expect.poll(() => wechat.share('appmessage')).toMatchObject({ source: 'update', link: `${SITE}/` })

  await page.goto(`${SITE}/me`)
  await page.getByRole('button', { name: '退出登录' }).click()
  await page.getByRole('link', { name: '会员页' }).click()
  await expect(page.getByRole('heading', title)).toBeVisible()
})

testAlone('a login that fails is not tried again by itself', async ({ open, platform }) => {
  platform.faults.set('/sns/oauth2/access_token', { body: '{"errcode":40029,"errmsg":"invalid code"}' })
  const { page } = await open('ios')
  await page.goto(MEMBERS)
  await expect(page.getByText('wechat_40029')).toBeVisible()
  await page.goto(MEMBERS)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('用微信登录')
  await expect(page).toHaveURL(MEMBERS)

  platform.faults.clear()
  await page.getByRole('button', { name: '微信登录' }).click()
  await expect(page.getByRole('heading', title)).toBeVisible()
})

test('outside WeChat the page says where it can be opened, and sends nobody away', async ({ chrome }) => {
  const context = await chrome.newContext({ ignoreHTTPSErrors: true, locale: 'en-GB' })
  const page = await context.newPage()
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).host))
  await page.goto(MEMBERS)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Open this page in WeChat')
  await expect(page).toHaveURL(MEMBERS)
  expect(new Set(asked)).toEqual(new Set(['h5.example.com']))
  await context.close()
})

testAlone('a visitor of a snapshot is told why, and how to go on', async ({ open, platform }) => {
  platform.switches.set('snapshot', true)
  const { page } = await open('ios')
  await page.goto(`${SITE}/me`)
  await page.getByRole('button', { name: '微信登录' }).click()
  await expect(page).toHaveURL(`${SITE}/me`)
  await expect(page.getByRole('note')).toContainText('使用完整服务')
  await page.getByRole('link', { name: '会员页' }).click()
  await expect(page.getByRole('note')).toContainText('使用完整服务')
  await expect(page).toHaveURL(MEMBERS)
})
