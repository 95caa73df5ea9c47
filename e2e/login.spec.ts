import { expect, SITE, test, testAlone } from './world.ts'

// Another host under the same parent domain. It leads to the same server here, which does not matter.
const SIBLING = 'https://tunnel.example.com'

test('a person logs in, sees the profile, stays logged in, and logs out', async ({ open }) => {
  const { page, context } = await open('ios')
  await page.goto(`${SITE}/me`)
  await page.getByRole('button', { name: '微信登录' }).click()
  await expect(page).toHaveURL(/^https:\/\/open\.weixin\.qq\.com\/connect\/oauth2\/authorize\?appid=/)
  await page.getByText('阿木').click()
  await page.getByRole('button', { name: '允许' }).click()

  await expect(page).toHaveURL(`${SITE}/me`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('阿木')
  const cookie = (await context.cookies(SITE)).find(({ name }) => name === '__Host-sid')
  expect(cookie).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Lax' })

  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('阿木')
  await page.getByRole('button', { name: '退出登录' }).click()
  await expect(page.getByRole('button', { name: '微信登录' })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('button', { name: '微信登录' })).toBeVisible()
})

testAlone(
  'name and picture are updated without asking, and everything is deleted at a wish',
  async ({ open, platform }) => {
    const { page } = await open('ios')
    await page.goto(`${SITE}/me`)
    await page.getByRole('button', { name: '微信登录' }).click()
    await page.getByRole('button', { name: '允许' }).click()
    const heading = page.getByRole('heading', { level: 1 })
    await expect(heading).toHaveText('小晴')
    platform.people[0].nickname = '晴天'
    await page.getByRole('button', { name: '更新昵称和头像' }).click()
    await expect(heading).toHaveText('晴天')

    page.once('dialog', (dialog) => void dialog.accept())
    await page.getByRole('button', { name: '删除我的数据' }).click()
    await expect(page.getByRole('button', { name: '微信登录' })).toBeVisible()
    await page.reload()
    await expect(page.getByRole('button', { name: '微信登录' })).toBeVisible()
  },
)

test('who declines is not logged in', async ({ open }) => {
  const { page } = await open('android')
  await page.goto(`${SITE}/me`)
  await page.getByRole('button', { name: '微信登录' }).click()
  await page.getByRole('button', { name: '拒绝' }).click()
  await page.goto(`${SITE}/me`)
  await expect(page.getByRole('button', { name: '微信登录' })).toBeVisible()
})

test('a silent login knows the person and asks nothing', async ({ open }) => {
  const { page } = await open('android')
  await page.goto(`${SITE}/api/wechat/oauth/authorize?returnTo=/me`)
  await expect(page).toHaveURL(`${SITE}/me`)
  await expect(page.getByText('openid')).toBeVisible()
})

testAlone('a page on a sibling domain logs nobody in as somebody else', async ({ open, platform }) => {
  const attacker = await open('android')
  await attacker.page.goto(`${SITE}/api/wechat/oauth/authorize?returnTo=/me`)
  await expect(attacker.page.getByText('openid')).toBeVisible()
  // A login that the attacker began and did not finish: its key, and what finishes it.
  await attacker.page.goto(`${SITE}/api/wechat/oauth/authorize?scope=snsapi_userinfo`)
  const state = new URL(attacker.page.url()).searchParams.get('state') ?? ''
  const code = platform.logins.issueCode(platform.people[0], 'snsapi_base')
  const made = await attacker.context.cookies(SITE)
  const taken = made.filter(({ name }) => name === '__Host-sid' || name.includes(state.slice(0, 12)))
  expect(taken).toHaveLength(2)

  const { page, context } = await open('android')
  await page.goto(`${SIBLING}/me`)
  await page.evaluate(
    (cookies) => {
      for (const { name, value } of cookies)
        for (const called of [name, name.replace('__Host-', '')])
          document.cookie = `${called}=${value}; Domain=example.com; Path=/; Secure`
    },
    taken.map(({ name, value }) => ({ name, value })),
  )
  // The browser takes the plain names, and not the others.
  const names = (await context.cookies(SITE)).map(({ name }) => name)
  expect(names.sort()).toEqual(taken.map(({ name }) => name.replace('__Host-', '')).sort())
  await page.goto(`${SITE}/me`)
  await expect(page.getByRole('button', { name: '微信登录' })).toBeVisible()
  await page.goto(`${SITE}/api/wechat/oauth/callback?code=${code}&state=${state}`)
  await expect(page.getByText('invalid_state')).toBeVisible()
  await page.goto(`${SITE}/me`)
  await expect(page.getByRole('button', { name: '微信登录' })).toBeVisible()
})

test('a callback from elsewhere is refused with a page that offers another try', async ({ open }) => {
  const { page } = await open('ios')
  await page.goto(`${SITE}/api/wechat/oauth/callback?code=abc&state=${'0'.repeat(32)}`)
  await expect(page.getByText('invalid_state')).toBeVisible()
  await page.getByRole('link', { name: '重试' }).click()
  await expect(page).toHaveURL(`${SITE}/me`)
})
