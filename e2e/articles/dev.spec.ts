// `pnpm dev` itself, as a person starts it.
import { get } from 'node:http'
import { freePort } from 'wechat-core/testing'
import { startDev } from 'starter-tools/testing'
import site from '../../content/site.json' with { type: 'json' }
import { expect, test, testAlone } from '../world.ts'

test('without an account: the phone, a shared card, the card opened by a friend, a login', async ({
  chrome,
}) => {
  test.slow() // a whole visit
  const [port, api] = [await freePort(), await freePort()]
  const dev = await startDev({ env: { PUBLIC_URL: `http://localhost:${port}`, PORT: String(api) } })
  expect(dev.output()).toMatch(/sandbox, no account needed[\s\S]*Open\s+http:\/\/localhost:\d+/)
  const context = await chrome.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB' })
  const page = await context.newPage()
  const web = page.frameLocator('#webview')

  await page.goto(`http://localhost:${port}/`)
  await web.getByRole('link', { name: '从零到第一张分享卡片' }).click()
  await expect(web.getByRole('status')).toHaveAttribute('data-status', 'ready')
  await expect(page).toHaveURL(`http://localhost:${port}/articles/first-share-card`)
  await expect(page.getByRole('heading', { level: 1 }).first()).toHaveText('从零到第一张分享卡片')

  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('button', { name: 'Send to friend' }).click()
  const card = page.locator('#chat .card')
  await expect(card).toContainText('从零到第一张分享卡片')
  await expect(card.locator('img')).toHaveAttribute(
    'src',
    `http://localhost:${port}/covers/first-share-card.jpg`,
  )
  await card.click()
  await expect(page).toHaveURL(/first-share-card\?s=[\w-]{20}&from=singlemessage&isappinstalled=0$/)
  await expect(web.getByRole('status')).toHaveAttribute('data-status', 'ready')

  await page.getByText('Android').click()
  await expect(web.getByRole('status')).toHaveAttribute('data-status', 'ready')
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('button', { name: 'Share on Moments' }).click()
  await expect(page.locator('#moments .strip')).toContainText('从零到第一张分享卡片')
  await page.getByRole('button', { name: 'Back' }).click()

  await web.getByRole('link', { name: 'Me', exact: true }).click()
  await web.getByRole('button', { name: 'Log in with WeChat' }).click()
  await web.getByText('Lin', { exact: true }).click()
  await web.getByRole('button', { name: 'Allow' }).click()
  await expect(web.getByRole('heading', { level: 1 })).toHaveText('Lin')

  // The account's conversation: the server of this project gets the push, and answers.
  await page.getByRole('button', { name: 'Close', exact: true }).first().click()
  await page.getByRole('button', { name: new RegExp(site.account.name || 'My Official Account') }).click()
  await page.getByRole('button', { name: 'Keyboard' }).click()
  await page.getByRole('textbox', { name: 'Message' }).fill('第一')
  await page.keyboard.press('Enter')
  await page
    .getByRole('log')
    .getByRole('button', { name: /从零到第一张分享卡片/ })
    .click()
  await expect(page).toHaveURL(`http://localhost:${port}/articles/first-share-card`)
  await context.close()
  await dev.stop()
})

testAlone(
  'with an account and a tunnel: page, API and hot reload through one address',
  async ({ open, platform, hosts }) => {
    test.slow() // a whole start
    const [port, api] = [await freePort(), await freePort()]
    platform.account.jsDomains = ['tunnel.example.com']
    const dev = await startDev({
      env: {
        PUBLIC_URL: 'https://tunnel.example.com',
        PORT: String(api),
        WECHAT_APP_ID: platform.account.appId,
        WECHAT_APP_SECRET: platform.account.appSecret,
        WECHAT_API_URL: platform.url,
        WECHAT_TOKEN: 'tokenOfTheConsole',
        STORE_URL: 'memory:',
      },
      flags: ['--port', String(port)],
    })
    hosts['tunnel.example.com'] = `http://127.0.0.1:${port}`
    for (const line of [
      /JS-safe domain\s+tunnel\.example\.com\n/,
      /OAuth callback domain\s+tunnel\.example\.com\n/,
      /Server URL\s+https:\/\/tunnel\.example\.com\/api\/wechat\n/,
      /Token\s+tokenOfTheConsole\n/,
      /[▀▄█]{5}/,
    ]) {
      expect(dev.output()).toMatch(line)
    }
    expect(dev.output()).not.toContain(platform.account.appSecret)

    const wechat = await open('ios')
    const hotReload = wechat.page.waitForEvent('websocket')
    await wechat.page.goto('https://tunnel.example.com/articles/first-share-card')
    expect((await hotReload).url()).toMatch(/^wss:\/\/tunnel\.example\.com\//)
    await expect.poll(async () => (await hotReload).isClosed()).toBe(false)
    await expect(wechat.page.getByRole('status')).toHaveAttribute('data-status', 'ready')
    expect(await wechat.share('appmessage')).toMatchObject({
      link: expect.stringMatching(
        /^https:\/\/tunnel\.example\.com\/articles\/first-share-card\?s=[\w-]{20}$/,
      ),
    })

    expect(await statusFor('tunnel.example.com', port)).toBe(200)
    expect(await statusFor('evil.example.com', port)).toBe(403)
    await dev.stop()
  },
)

function statusFor(host: string, port: number): Promise<number | undefined> {
  return new Promise((done, fail) => {
    const request = get({ host: '127.0.0.1', port, path: '/', headers: { host } }, (answer) => {
      answer.resume()
      done(answer.statusCode)
    })
    request.on('error', fail)
  })
}
