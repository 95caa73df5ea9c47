// Articles that do something: a person signs up, people share on, and the owner sees what came of it.
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import type { WechatView } from 'wechat-sandbox/testing'
import { expect, SITE, testAlone as test } from '../world.ts'

const SLUG = 'autumn-tea-walk'
const ARTICLE = `${SITE}/articles/${SLUG}`

const form = (page: Page) => page.locator('#signup')
async function showForm(page: Page) {
  await form(page).scrollIntoViewIfNeeded()
  await expect(form(page).getByRole('heading', { name: '报名' })).toBeVisible()
}
async function fillIn(page: Page, name: string) {
  await form(page).getByLabel('怎么称呼你').fill(name)
  await form(page).getByLabel('手机').fill('138 0013 8000')
  await form(page).getByLabel('我知道山路有台阶').check()
}
const logIn = (page: Page, to: string) =>
  page.goto(`${SITE}/api/wechat/oauth/authorize?returnTo=${encodeURIComponent(to)}`)

test('a person signs up, with the login in between; changes it, withdraws it, by keyboard as well', async ({
  open,
}) => {
  test.slow()
  const { page } = await open('android')
  await page.goto(ARTICLE)
  await showForm(page)
  await expect(form(page)).toContainText('还剩 20 个名额')

  // What does not fit is said beside the field, and the first of them has the focus.
  await form(page).getByRole('button', { name: '提交报名' }).press('Enter')
  const name = form(page).getByLabel('怎么称呼你')
  await expect(name).toBeFocused()
  await expect(name).toHaveAccessibleDescription('请填写这一项')
  expect((await new AxeBuilder({ page }).include('#signup').analyze()).violations).toEqual([])

  // The draft is there after the login, and is sent.
  await fillIn(page, '小晴')
  await form(page).getByRole('button', { name: '提交报名' }).click()
  await expect(form(page).getByText('已登录，请核对后提交。')).toBeVisible()
  await expect(name).toHaveValue('小晴')
  await form(page).getByRole('button', { name: '提交报名' }).click()
  await expect(form(page).getByRole('status')).toHaveText('报名成功，到时见。')
  await expect(form(page)).toContainText('还剩 19 个名额')

  await name.fill('晴天')
  await form(page).getByRole('button', { name: '保存修改' }).click()
  await expect(form(page).getByRole('status')).toHaveText('修改已保存。')
  await page.reload()
  await showForm(page)
  await expect(name).toHaveValue('晴天')

  page.once('dialog', (dialog) => void dialog.accept())
  await form(page).getByRole('button', { name: '取消报名' }).click()
  await expect(form(page)).toContainText('还剩 20 个名额')
})

test('a picture is chosen in WeChat, and the person sees it', async ({ open }) => {
  test.slow()
  const { page } = await open('android')
  await logIn(page, `/articles/${SLUG}`)
  await showForm(page)
  await form(page)
    .getByRole('button', { name: /选择图片$/ })
    .click()
  const picture = form(page).getByRole('img', { name: '图片已上传' })
  await expect(picture).toBeVisible()
  await expect
    .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBeGreaterThan(0)
})

test('a chain of shares over three people: each sees what came of theirs, the owner sees all of it', async ({
  open,
}) => {
  test.slow()
  const read = async (view: WechatView, address: string) => {
    const told = view.page.waitForRequest(`${SITE}/api/visits`)
    await view.page.goto(address)
    await expect(view.page.getByRole('status')).toHaveAttribute('data-status', 'ready')
    await told
    const { link } = await view.share('appmessage')
    expect(link).toMatch(/^https:\/\/h5\.example\.com\/articles\/autumn-tea-walk\?s=[\w-]{20}$/)
    return link
  }
  const first = await open('android')
  await logIn(first.page, '/me')
  const second = await open('ios', { person: 'amu' })
  const third = await open('android', { person: 'lin' })
  const link = await read(first, ARTICLE)
  const next = await read(second, `${link}&from=groupmessage&isappinstalled=0`)
  expect(next).not.toBe(link)
  const last = await read(third, `${next}&from=timeline`)
  await read(first, `${last}&from=singlemessage`) // back to where it began
  await read(second, `${link}&from=groupmessage`) // once more

  // A beacon is answered when nobody waits any more.
  await expect(async () => {
    await first.page.goto(`${SITE}/me`)
    await expect(first.page.getByText('2 人通过你的分享读到，最远传了 2 层')).toBeVisible({ timeout: 2000 })
  }).toPass()

  await first.page.goto(`${SITE}/admin`)
  await first.page.getByRole('link', { name: '周六下午，一起去山里喝茶' }).click()
  const figures = first.page.locator('.owner-figures')
  await expect(figures).toHaveText(/打开次数\s*5\s*读者\s*3\s*带来读者的分享\s*2\s*最远传播层数\s*2/)
  expect((await new AxeBuilder({ page: first.page }).analyze()).violations).toEqual([])
  const [table] = await Promise.all([
    first.page.waitForEvent('download'),
    first.page.getByRole('link', { name: '下载表格 (CSV)' }).first().click(),
  ])
  expect(table.suggestedFilename()).toBe(`${SLUG}-shares.csv`)

  // Nobody else sees them.
  await logIn(second.page, `/admin/articles/${SLUG}`)
  await expect(second.page.getByRole('heading', { name: '这个页面只对站长开放' })).toBeVisible()
})

test('outside WeChat the article is read, and the form says where to sign up', async ({ chrome }) => {
  const context = await chrome.newContext({ ignoreHTTPSErrors: true, locale: 'zh-CN' })
  const page = await context.newPage()
  await page.goto(ARTICLE)
  await showForm(page)
  await fillIn(page, '小晴')
  await form(page).getByRole('button', { name: '提交报名' }).click()
  await expect(form(page).getByRole('alert')).toHaveText('报名需要在微信里打开这个页面。')
  await expect(page).toHaveURL(ARTICLE)
  await context.close()
})
