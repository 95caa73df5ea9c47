// What `wechat-sandbox/testing` offers, on this project's own site. These are its examples.
import { expect, SITE, testAlone as test } from '../world.ts'

const LOGIN = `${SITE}/api/wechat/oauth/authorize?scope=snsapi_userinfo&returnTo=/me`

test('follow the account and write to it: its replies open in WeChat', async ({ open, platform }) => {
  const lin = platform.identities.person('lin')
  const { reply, problem } = await platform.acts.follow(lin)
  expect(problem).toBeUndefined()
  const [article] = reply?.msgType === 'news' ? reply.articles : []
  const wechat = await open('ios', { person: 'lin', from: 'chat' })
  await wechat.page.goto(article?.url ?? '')
  await expect(wechat.page.getByRole('heading', { level: 1 })).toHaveText(article?.title ?? '')

  await platform.acts.say(lin, 'qwertz uiop')
  expect(platform.conversations.of(platform.identities.openidOf(lin))).toMatchObject([
    { from: 'person', push: { event: 'subscribe' } },
    { from: 'account', via: 'reply', message: reply },
    { from: 'person', push: { content: 'qwertz uiop' } },
    { from: 'account', via: 'reply', message: { msgType: 'text' } },
  ])

  const forged = { tamper: { signature: '0'.repeat(40) } }
  const refused = await platform.push.send(lin, { msgType: 'text', content: 'x' }, forged)
  expect(refused.deliveries).toMatchObject([{ status: 403 }])
  expect(await platform.push.verifyUrl()).toEqual({ ok: true })
})

test('log in as somebody, decline, or come from the menu and be asked nothing', async ({ open }) => {
  const wechat = await open('android', { person: 'amu' })
  await wechat.page.goto(LOGIN)
  await wechat.answerLogin({ allow: false })
  await wechat.page.goto(LOGIN)
  await wechat.answerLogin({ allow: true, as: 'lin' })
  await expect(wechat.page.getByRole('heading', { level: 1 })).toHaveText('Lin')

  const fromMenu = await open('ios', { person: 'amu', from: 'chat' })
  await fromMenu.page.goto(LOGIN)
  await expect(fromMenu.page.getByRole('heading', { level: 1 })).toHaveText('阿木')
})

test("turn a switch: a snapshot page's visitor is nobody", async ({ open, platform }) => {
  platform.switches.set('snapshot', true)
  const { page } = await open('ios')
  await page.goto(LOGIN)
  await expect(page).toHaveURL(`${SITE}/me`)
  const session = await page.evaluate(() => fetch('/api/session').then((response) => response.json()))
  expect(session).toMatchObject({ user: null, snapshot: true })
})

test('inject a fault: the page says so, and the log of calls has it', async ({ open, platform }) => {
  platform.tokens.killTickets()
  platform.faults.set('/cgi-bin/stable_token', { errcode: 40164 })
  platform.tokens.killAll()
  const { page } = await open('android')
  await page.goto(`${SITE}/articles/first-share-card`)
  await expect(page.getByRole('status')).toHaveAttribute('data-status', 'failed')
  expect(platform.calls.list().at(-1)).toMatchObject({ path: '/cgi-bin/stable_token', errcode: 40164 })
})

test('an unverified account has no card, and the bridge says why', async ({ open, platform }) => {
  platform.switches.set('account', 'unverified')
  const wechat = await open('ios')
  await wechat.page.goto(`${SITE}/articles/first-share-card`)
  await expect
    .poll(() => wechat.calls.find(({ explanation }) => explanation))
    .toMatchObject({
      name: 'updateAppMessageShareData',
      explanation: expect.anything(),
    })
  expect(await wechat.share('appmessage')).toMatchObject({ source: 'default' })
})

test('move the clock: the ticket has ended, and the site finds the next one', async ({ open, platform }) => {
  const { page } = await open('ios')
  await page.goto(`${SITE}/articles/first-share-card`)
  await expect(page.getByRole('status')).toHaveAttribute('data-status', 'ready')
  const [ticket] = platform.tokens.validTickets('jsapi')
  platform.clock.forward(7200)
  await page.reload()
  await expect(page.getByRole('status')).toHaveAttribute('data-status', 'ready')
  expect(platform.tokens.validTickets('jsapi')).not.toContain(ticket)
})
