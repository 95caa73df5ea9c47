import site from '../../content/site.json' with { type: 'json' }
import { cardLink, expect, SITE, test, testAlone } from '../world.ts'

const ARTICLE = `${SITE}/articles/first-share-card`
const FIRST = {
  title: '从零到第一张分享卡片',
  link: cardLink('first-share-card'),
  imgUrl: `${SITE}/covers/first-share-card.jpg`,
  source: 'update',
}
const SECOND = { title: '周六下午，一起去山里喝茶' }
// Its front matter gives the card a title and a picture of its own.
const SECOND_CARD = {
  title: '周六一起去山里喝茶吗？',
  link: cardLink('autumn-tea-walk'),
  imgUrl: `${SITE}/pictures/autumn-tea-cups.jpg`,
}

for (const os of ['ios', 'android'] as const) {
  test.describe(os, () => {
    test('a direct visit shares its own card, in a chat and in Moments', async ({ open }) => {
      const wechat = await open(os)
      await wechat.page.goto('https://h5.example.com/articles/first-share-card')
      await expect(wechat.page.getByRole('status')).toHaveAttribute('data-status', 'ready')
      const card = await wechat.share('appmessage')
      expect(card).toMatchObject(FIRST)
      expect(card.desc).toContain('不需要公众号，也不需要配置')
      expect(await wechat.share('timeline')).toMatchObject(FIRST)
    })

    test('no request for a signature is made on the first page', async ({ open }) => {
      const wechat = await open(os)
      const asked: string[] = []
      wechat.page.on('request', (request) => asked.push(request.url()))
      await wechat.page.goto(ARTICLE)
      await expect(wechat.page.getByRole('status')).toHaveAttribute('data-status', 'ready')
      expect(asked.filter((url) => url.includes('/api/wechat/signature'))).toEqual([])
    })

    test('an address with parameters is signed as it is, and shared without those of one visit', async ({
      open,
    }) => {
      const wechat = await open(os)
      await wechat.page.goto(`${ARTICLE}?from=singlemessage&isappinstalled=0&q=%E4%BD%A0%20a%2Bb#part`)
      await expect(wechat.page.getByRole('status')).toHaveAttribute('data-status', 'ready')
      expect(await wechat.share('appmessage')).toMatchObject(FIRST)
    })

    test('after navigation each page has its card, there and back again', async ({ open }) => {
      const wechat = await open(os)
      const { page } = wechat
      await page.goto(SITE)
      await page.getByRole('link', { name: FIRST.title }).click()
      await expect(page.getByRole('status')).toHaveAttribute('data-status', 'ready')
      expect(await wechat.share('appmessage')).toMatchObject(FIRST)

      await page.getByRole('link', { name: site.shortName }).click()
      await page.getByRole('link', { name: SECOND.title }).click()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(SECOND.title)
      await expect(page.getByRole('status')).toHaveAttribute('data-status', 'ready')
      expect(await wechat.share('timeline')).toMatchObject(SECOND_CARD)

      await page.goBack()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('最新文章')
      await expect
        .poll(() => wechat.share('appmessage'))
        .toMatchObject({ title: site.name, link: `${SITE}/` })

      const outcomes = wechat.calls
        .filter(({ name }) => name === 'preVerifyJSAPI')
        .map(({ reply }) => reply.err_msg)
      expect(new Set(outcomes)).toEqual(new Set(['preVerifyJSAPI:ok']))
      // iOS keeps the grant of the entry address; on Android every address needs its own.
      if (os === 'ios') expect(outcomes).toHaveLength(1)
      else expect(outcomes.length).toBeGreaterThanOrEqual(4)
    })

    for (const arrival of ['early', 'late'] as const) {
      test(`the bridge may come ${arrival}`, async ({ open }) => {
        const wechat = await open(os, { arrival })
        await wechat.page.goto(ARTICLE)
        await expect(wechat.page.getByRole('status')).toHaveAttribute('data-status', 'ready')
      })
    }

    testAlone('a ticket that died is noticed and replaced', async ({ open, platform }) => {
      platform.tokens.killTickets()
      const wechat = await open(os)
      await wechat.page.goto(ARTICLE)
      await expect(wechat.page.getByRole('status')).toHaveAttribute('data-status', 'ready')
      expect(await wechat.share('appmessage')).toMatchObject(FIRST)
    })

    testAlone(
      'a bad signature is reported as failed, on the first page and after navigation',
      async ({ open, platform }) => {
        platform.tokens.killTickets()
        platform.faults.set('/cgi-bin/ticket/getticket', {
          body: '{"errcode":0,"ticket":"not-a-ticket","expires_in":7200}',
        })
        const wechat = await open(os)
        const { page } = wechat
        await page.goto(ARTICLE)
        const status = page.getByRole('status')
        await expect(status).toHaveAttribute('data-status', 'failed')
        expect(await wechat.share('appmessage')).toMatchObject({ source: 'default' })

        await page.getByRole('link', { name: site.shortName }).click()
        await page.getByRole('link', { name: SECOND.title }).click()
        await expect(page.getByRole('heading', { level: 1 })).toHaveText(SECOND.title)
        await expect(status).toHaveAttribute('data-status', 'failed', { timeout: 15_000 })
      },
    )

    testAlone(
      'a domain that is not in the console: developers see why there is no card, visitors nothing',
      async ({ open, platform }) => {
        platform.account.jsDomains = ['other.example.com']
        const { page } = await open(os)
        await page.goto(ARTICLE)
        await expect(page.getByRole('status')).toHaveAttribute('data-status', 'failed')
        await expect(page.getByRole('status')).toHaveText('')
        await expect(page.locator('body')).not.toContainText(/未生效|invalid url domain/)

        await page.goto(`${ARTICLE}?debug=1`)
        await expect(page.locator('.share-status')).toContainText('config:invalid url domain')
      },
    )

    test('after a page that fails, the site is shared and not the page before', async ({ open }) => {
      const wechat = await open(os)
      const { page } = wechat
      await page.goto(SITE)
      await page.getByRole('link', { name: FIRST.title }).click()
      await expect(page.getByRole('status')).toHaveAttribute('data-status', 'ready')
      await page.evaluate(() => Reflect.set(window, 'stays', true))
      const go = (to: string) =>
        page.evaluate((path) => {
          const root: unknown = Reflect.get(document.querySelector('#app') ?? {}, '__vue_app__')
          const app = root as { config: { globalProperties: { $router: { push(to: string): void } } } }
          app.config.globalProperties.$router.push(path)
        }, to)
      const siteCard = { title: site.name, link: `${SITE}/`, source: 'update' }

      await go('/articles/nothing-here')
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('文章不存在')
      await expect.poll(() => wechat.share('appmessage')).toMatchObject(siteCard)

      await page.goBack()
      await expect.poll(() => wechat.share('appmessage')).toMatchObject(FIRST)
      await page.route('**/api/articles/not-loaded', (route) => route.fulfill({ status: 503 }))
      await go('/articles/not-loaded')
      await expect(page.getByRole('alert')).toBeVisible()
      await expect.poll(() => wechat.share('timeline')).toMatchObject(siteCard)

      await page.goBack()
      await expect.poll(() => wechat.share('timeline')).toMatchObject({ title: FIRST.title })
      await go('/nothing/here')
      await expect.poll(() => wechat.share('appmessage')).toMatchObject(siteCard)
      expect(await page.evaluate(() => Reflect.get(window, 'stays'))).toBe(true)
    })
  })
}

test('the second address of the script is used where the first does not answer', async ({ open, hosts }) => {
  hosts['res.wx.qq.com'] = ''
  const wechat = await open('ios')
  await wechat.page.goto(ARTICLE)
  await expect(wechat.page.getByRole('status')).toHaveAttribute('data-status', 'ready')
})

test('an address of the script that hangs is not waited for: the second one is used', async ({ open }) => {
  const wechat = await open('ios')
  await wechat.context.route('https://res.wx.qq.com/**', () => undefined) // no answer, ever
  await wechat.page.goto(ARTICLE, { waitUntil: 'commit' })
  await expect(wechat.page.getByRole('status')).toHaveAttribute('data-status', 'ready', { timeout: 20_000 })
  expect(await wechat.share('appmessage')).toMatchObject(FIRST)
})

test('without the script the page says what failed', async ({ open, hosts }) => {
  hosts['res.wx.qq.com'] = hosts['res2.wx.qq.com'] = ''
  const wechat = await open('android')
  await wechat.page.goto(ARTICLE)
  await expect(wechat.page.getByRole('status')).toHaveAttribute('data-status', 'failed')
})

// On iOS the grant of the entry address covers the whole visit.
testAlone(
  'android: good on the first page, refused on the next: the next one says so',
  async ({ open, platform }) => {
    const wechat = await open('android')
    const { page } = wechat
    await page.goto(SITE)
    await expect.poll(() => wechat.share('appmessage')).toMatchObject({ source: 'update' })
    platform.tokens.killTickets()
    platform.faults.set('/cgi-bin/ticket/getticket', {
      body: '{"errcode":0,"ticket":"not-a-ticket","expires_in":7200}',
    })
    await page.getByRole('link', { name: FIRST.title }).click()
    await expect(page.getByRole('status')).toHaveAttribute('data-status', 'failed', { timeout: 15_000 })
  },
)

test('a signature of the page before holds up no card: its request is ended', async ({ open }) => {
  const wechat = await open('android')
  const { page } = wechat
  const ended: string[] = []
  page.on('requestfailed', (request) => ended.push(request.url()))
  const isFirst = (url: URL) =>
    url.pathname === '/api/wechat/signature' && url.search.includes('first-share-card')
  await page.goto(SITE)
  await expect.poll(() => wechat.share('appmessage')).toMatchObject({ source: 'update' })
  await page.route(isFirst, () => undefined) // no answer, ever
  await page.getByRole('link', { name: FIRST.title }).click()
  await expect(page.getByRole('status')).toHaveAttribute('data-status', 'pending')
  await page.getByRole('link', { name: site.shortName }).click()
  await page.getByRole('link', { name: SECOND.title }).click()
  await expect(page.getByRole('status')).toHaveAttribute('data-status', 'ready')
  expect(await wechat.share('appmessage')).toMatchObject(SECOND_CARD)
  expect(ended.filter((url) => isFirst(new URL(url)))).toHaveLength(1)
})

test('when the network is back the card is set', async ({ open }) => {
  const wechat = await open('android')
  const { page, context } = wechat
  await page.goto(SITE)
  await page.getByRole('link', { name: FIRST.title }).click()
  await expect(page.getByRole('status')).toHaveAttribute('data-status', 'ready')
  await page.getByRole('link', { name: site.shortName }).click()
  await context.setOffline(true)
  await page.getByRole('link', { name: SECOND.title }).click()
  await expect(page.getByRole('status')).toHaveAttribute('data-status', 'failed')
  await context.setOffline(false)
  // Chromium itself says so only where the machine has a network.
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await expect(page.getByRole('status')).toHaveAttribute('data-status', 'ready')
  expect(await wechat.share('appmessage')).toMatchObject(SECOND_CARD)
})

test('a bridge that comes after the time limit still gets the card', async ({ open }) => {
  const wechat = await open('android')
  const { page } = wechat
  await page.addInitScript(() => {
    let bridge: unknown
    let isHere = false
    Object.defineProperty(window, 'WeixinJSBridge', {
      get: () => (isHere ? bridge : undefined),
      set: (value: unknown) => (bridge = value),
    })
    document.addEventListener(
      'WeixinJSBridgeReady',
      (event) => isHere || event.stopImmediatePropagation(),
      true,
    )
    addEventListener('test-bridge', () => {
      isHere = true
      document.dispatchEvent(new Event('WeixinJSBridgeReady'))
    })
  })
  await page.goto(ARTICLE)
  await expect(page.getByRole('status')).toHaveAttribute('data-status', 'failed', { timeout: 15_000 })
  expect(wechat.calls).toEqual([])
  await page.evaluate(() => dispatchEvent(new Event('test-bridge')))
  await expect(page.getByRole('status')).toHaveAttribute('data-status', 'ready')
  expect(await wechat.share('appmessage')).toMatchObject(FIRST)
})
