// A chain of shares, tapped through by hand on the sandbox's phone.
import { once } from 'node:events'
import { expect, type Page } from '@playwright/test'
import { createFront } from 'wechat-sandbox'
import { startBuiltApp } from 'starter-tools/testing'
import { freePort } from 'wechat-core/testing'
import { startPlatform } from 'wechat-sandbox/testing'
import { test } from '../perWorker.ts'

const TITLE = '周六一起去山里喝茶吗？'
const PATH = '/articles/autumn-tea-walk'

test('by hand: one shares to a chat, the next on to Moments, a third opens it; each is counted as who they are', async ({
  chrome,
}) => {
  test.slow() // a server, and three people's visits
  const origin = `http://localhost:${await freePort()}`
  const platform = await startPlatform({ siteOrigin: origin })
  const { host, port } = new URL(origin)
  Object.assign(platform.account, { jsDomains: [host], oauthDomain: host })
  const app = await startBuiltApp({
    platform,
    publicUrl: origin,
    storeUrl: 'memory:',
    env: {
      WECHAT_OPEN_URL: `${origin}/__wechat`,
      WECHAT_JSSDK_URLS: `${origin}/__wechat/open/js/jweixin-1.6.0.js`,
      ADMIN_OPENIDS: platform.identities.openidOf(platform.people[0]),
    },
  })
  const front = createFront({ platform, siteUrl: app.url })
  await once(front.listen(Number(port), '127.0.0.1'), 'listening')
  const context = await chrome.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB' })
  const page = await context.newPage()
  const web = page.frameLocator('#webview')

  // Xiaoqing logs in, reads, and sends the card to Amu.
  await page.goto(`${origin}/me`)
  await web.getByRole('button', { name: 'Log in with WeChat' }).click()
  await web.getByRole('button', { name: 'Allow' }).click()
  await expect(web.getByRole('heading', { level: 1 })).toHaveText('小晴')
  await page.goto(origin + PATH)
  await read(page)
  await share(page, 'Send to friend')
  await expect(page.locator('#chat .mine .card')).toContainText(TITLE)

  // Amu has a phone of their own: nobody is logged in there. They open the card, and post it.
  await page.getByRole('button', { name: 'Hand the phone to 阿木' }).click()
  await counted(page, () => page.locator('#chat .message:not(.mine) .card').click())
  await expect(page).toHaveURL(/\?s=[\w-]{20}&from=singlemessage&isappinstalled=0$/)
  await read(page)
  expect(await page.evaluate(async () => (await (await fetch('/api/session')).json()).user)).toBeNull()
  await share(page, 'Share on Moments')
  await expect(page.locator('#moments .strip')).toContainText(TITLE)

  // Lin sees the post.
  await page.getByRole('radio', { name: 'Lin' }).check({ force: true })
  await counted(page, () => page.locator('#moments .strip').click())
  await expect(page).toHaveURL(/&from=timeline&isappinstalled=0$/)

  // Xiaoqing opens what Lin had open, which leads back to her. She is still logged in, and sees what came of it.
  await counted(page, () => page.getByRole('radio', { name: '小晴' }).check({ force: true }))
  await expect(async () => {
    await page.goto(`${origin}/me`)
    await expect(web.getByText('2 readers came through you, 2 shares deep')).toBeVisible({ timeout: 3000 })
  }).toPass()
  await page.goto(`${origin}/admin${PATH}`)
  await expect(web.locator('.owner-figures')).toHaveText(/Opened\s*4\s*Readers\s*3\D*2\D*2/)
  // A chat, a group, Moments, elsewhere.
  await expect(web.locator('.owner-bars b')).toHaveText(['1', '0', '1', '1'])

  await context.close()
  front.closeAllConnections()
  front.close()
  await app.kill()
  await platform.close()
})

const read = (page: Page) =>
  expect(page.frameLocator('#webview').getByRole('status').first()).toHaveAttribute('data-status', 'ready')

async function share(page: Page, how: string): Promise<void> {
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('button', { name: how }).click()
}

/** Does it, and waits until the visit was told. */
async function counted(page: Page, doIt: () => Promise<void>): Promise<void> {
  const told = page.waitForRequest(/\/api\/visits$/)
  await doIt()
  await told
}
