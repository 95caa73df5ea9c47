// The sandbox's phone, as `pnpm dev` shows it: by mouse, by keyboard, and where there is little room.
import { once } from 'node:events'
import { AxeBuilder } from '@axe-core/playwright'
import type { FrameLocator, Page } from '@playwright/test'
import { createFront, createPlatform, type Platform } from 'wechat-sandbox'
import { expect, test as base } from './plainWorld.ts'

interface Phone {
  page: Page
  /** The site's page in the web view. */
  web: FrameLocator
}

interface Test {
  open: (options?: { width?: number; locale?: string; path?: string }) => Promise<Phone>
}

const test = base.extend<Test & { platform: Platform; url: string }>({
  platform: async ({ site }, use) => {
    const origin = 'http://localhost:0'
    const platform = createPlatform({ siteOrigin: origin, push: { url: `${site.url}/api/wechat` } })
    site.platform = platform
    await use(platform)
  },
  url: async ({ site, platform }, use) => {
    const front = createFront({ platform, siteUrl: site.url })
    front.listen(0, '127.0.0.1')
    await once(front, 'listening')
    const address = front.address()
    const host = `localhost:${typeof address === 'object' ? address?.port : 0}`
    Object.assign(platform.account, { jsDomains: [host], oauthDomain: host })
    for (const person of platform.people) person.avatar = `http://${host}/__wechat/avatars/${person.id}.svg`
    await use(`http://${host}`)
    front.closeAllConnections()
    front.close()
  },
  open: async ({ chrome, url }, use) => {
    const pages: Page[] = []
    await use(async ({ width = 1280, locale = 'en-GB', path = '/' } = {}) => {
      // No colour scheme is emulated: the phone's own one reaches the page.
      const context = await chrome.newContext({ viewport: { width, height: 820 }, locale, colorScheme: null })
      const page = await context.newPage()
      page.on('pageerror', (error) => {
        throw error
      })
      pages.push(page)
      await page.goto(url + path)
      const web = page.frameLocator('#webview')
      await expect(web.getByRole('heading', { name: 'Plain site' })).toBeVisible()
      return { page, web }
    })
    for (const page of pages) await page.context().close()
  },
})

/** Runs a line in the site's page. */
const inPage = (web: FrameLocator, line: string) =>
  web.locator('body').evaluate((_body, source) => window.eval(source) as unknown, line)
const configured = (web: FrameLocator, ...names: string[]) =>
  inPage(web, `configure(location.href.split('#')[0], { jsApiList: ${JSON.stringify(names)} })`)

const news = (url: string) => (to: string, from: string) =>
  `<xml><ToUserName><![CDATA[${to}]]></ToUserName><FromUserName><![CDATA[${from}]]></FromUserName>` +
  '<CreateTime>1</CreateTime><MsgType><![CDATA[news]]></MsgType><ArticleCount>1</ArticleCount><Articles><item>' +
  '<Title><![CDATA[Read this]]></Title><Description><![CDATA[Good]]></Description><PicUrl></PicUrl>' +
  `<Url><![CDATA[${url}]]></Url></item></Articles></xml>`

test('the conversation: a text is pushed to the site, its card is shown and opens', async ({
  open,
  site,
  url,
}) => {
  site.answer = news(`${url}/two`)
  const { page, web } = await open()
  await page.getByRole('button', { name: 'Back' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Chats')
  await page.getByRole('button', { name: /My Official Account/ }).click()
  await page.getByRole('textbox', { name: 'Message' }).fill('hello <you>')
  await page.keyboard.press('Enter')
  const log = page.getByRole('log')
  await expect(log.locator('.mine')).toHaveText('hello <you>')
  await log.getByRole('button', { name: /Read this/ }).click()
  await expect(web.getByRole('heading')).toBeVisible()
  await expect(page).toHaveURL(`${url}/two`)
  expect(site.pushes.at(-1)).toMatch(/<MsgType><!\[CDATA\[text\]\]>[\s\S]*hello &?/)
  await expect(page.locator('.entry', { hasText: '→ text' }).getByText('ok')).toBeVisible()
})

test('a bare link that was tapped in a chat is forwarded as a bare link', async ({ open, site, url }) => {
  site.answer = (to, from) =>
    `<xml><ToUserName><![CDATA[${to}]]></ToUserName><FromUserName><![CDATA[${from}]]></FromUserName>` +
    `<CreateTime>1</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[see ${url}/two]]></Content></xml>`
  const { page } = await open()
  await page.getByRole('button', { name: 'Back' }).click()
  await page.getByRole('button', { name: /My Official Account/ }).click()
  await page.getByRole('textbox', { name: 'Message' }).fill('a link, please')
  await page.keyboard.press('Enter')
  await page
    .getByRole('log')
    .getByRole('button', { name: `${url}/two` })
    .click()
  await expect(page).toHaveURL(`${url}/two`)
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('button', { name: 'Send to friend' }).click()
  await expect(page.locator('#chat .mine .link')).toHaveText(`${url}/two`)
})

test('no violation of accessibility, by day and by night', async ({ open }) => {
  test.slow() // axe looks at everything
  const { page, web } = await open()
  const violations = async (rules: string[] = []) => {
    const axe = new AxeBuilder({ page }).exclude('#webview')
    if (rules.length) axe.withRules(rules)
    const { violations } = await axe.analyze()
    return violations.map(({ id, nodes }) => [id, ...nodes.map(({ target }) => target.join(' '))])
  }
  const night = async () => {
    await page.evaluate(() => (document.body.dataset['theme'] = 'dark'))
    const found = await violations(['color-contrast'])
    await page.evaluate(() => (document.body.dataset['theme'] = 'light'))
    return found
  }
  // Each look takes in one screen of the phone and one tab of the panel.
  await inPage(web, `configure(location.origin + '/wrong', { jsApiList: [] })`)
  await page.getByRole('button', { name: 'More' }).click()
  expect(await violations()).toEqual([])
  expect(await night()).toEqual([])
  await page.getByRole('button', { name: 'Send to friend' }).click()
  for (const _screen of ['web', 'chats']) await page.getByRole('button', { name: 'Back' }).click()
  await page.getByRole('button', { name: /My Official Account/ }).click()
  await page.getByRole('tab', { name: 'Account' }).click()
  expect(await violations()).toEqual([])
  expect(await night()).toEqual([])
})

test('menu, follow and a server that fails', async ({ open, site, platform, url }) => {
  platform.menu.create([
    { name: 'More', sub_button: [{ type: 'view', name: 'Two', url: `${url}/two` }] },
    { type: 'click', name: 'Help', key: 'HELP' },
  ])
  const { page } = await open()
  await page.getByRole('button', { name: 'Back' }).click()
  await page.getByRole('button', { name: /My Official Account/ }).click()

  await page.getByRole('button', { name: 'Unfollow' }).click()
  await page.getByRole('button', { name: 'Follow', exact: true }).click()
  await expect(page.getByText('You followed the account')).toBeVisible()
  expect(site.pushes.filter((xml) => /<Event><!\[CDATA\[(un)?subscribe\]\]>/.test(xml))).toHaveLength(2)

  site.answer = () => 'this is no reply'
  await page.getByRole('button', { name: 'Help' }).click()
  await expect(page.getByText('该公众号提供的服务出现故障，请稍后再试')).toBeVisible()
  await expect(page.locator('.entry.bad', { hasText: '→ menu click' })).toBeVisible()

  await page.getByRole('button', { name: '≡ More' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Two' }).click()
  await expect(page).toHaveURL(`${url}/two`)
  expect(site.pushes.at(-1)).toContain('<![CDATA[VIEW]]>')
})

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
  await page.getByRole('button', { name: 'wx.config 被拒绝：看看原因' }).click()
  const config = page.locator('.load > ol > .entry.bad')
  await expect(config).toHaveCount(1)
  await expect(config.locator('> details > summary')).toBeFocused()
  await expect(config.locator('> details > summary code')).toHaveText('wx.config')
  await expect(config.locator('.refusal').first()).toBeInViewport()
  const folded = config.locator('.consequences .entry')
  await expect(folded).toHaveCount(2)
  await expect(folded.first()).toBeHidden()
  await page.getByText('因此被拒绝的调用：2 个').click()
  await expect(folded.first()).toContainText('updateTimelineShareData')
  await expect(config.locator('time').first()).toHaveText(/^\d\d:\d\d:\d\d$/)

  await page.keyboard.press('Escape')
  await web.getByRole('link', { name: 'two' }).click()
  await expect(page).toHaveURL(/two$/)
  await inPage(web, `configure(location.origin + '/wrong', { jsApiList: [] })`)
  await page.getByRole('button', { name: 'wx.config 被拒绝：看看原因' }).click()
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
  await page.getByRole('tab', { name: '行为' }).click()
  await page.getByRole('button', { name: 'jsapi_ticket 失效' }).click()
  const wait = /每分钟最多向微信核对一次 ticket，下一次最早在 \d\d:\d\d:\d\d/
  await expect(page.locator('#toast')).toHaveText(wait)
  await expect(page.locator('#panel-body').getByText(wait)).toBeVisible()
  await inPage(web, `sign.then((signed) => wx.config(Object.assign(signed, { jsApiList: ['scanQRCode'] })))`)
  await page.getByRole('button', { name: 'wx.config 被拒绝：看看原因' }).click()
  const refusal = page.locator('.entry.bad .refusal')
  await expect(refusal).toContainText('签名用的 jsapi_ticket 已失效。')
  await expect(refusal).toContainText(wait)
  platform.clock.forward(7200) // the site's own clock has not moved
  await page.reload()
  await page.getByRole('tab', { name: '行为' }).click()
  await expect(page.locator('#panel-body').getByText(wait)).toBeVisible()
})

test('a card goes to a friend, who opens it with what WeChat adds to the address', async ({ open, url }) => {
  const { page, web } = await open()
  await configured(web, 'updateAppMessageShareData')
  const card = {
    title: 'A card',
    desc: 'About it',
    link: `${url}/card`,
    imgUrl: `${url}/__wechat/pictures/noon.png`,
  }
  await inPage(web, `call('updateAppMessageShareData', ${JSON.stringify(card)})`)
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('button', { name: 'Share to QQ' }).click()
  await expect(page.getByRole('dialog')).toContainText('A card')
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('button', { name: 'Send to friend' }).click()
  await expect(page.locator('#chat .mine .card')).toContainText('About it')
  await page.getByRole('button', { name: 'Hand the phone to 阿木' }).click()
  await expect(page.getByRole('heading', { level: 1 }).first()).toHaveText('小晴')
  await page.locator('#chat .message:not(.mine) .card').click()
  await expect(page).toHaveURL(`${url}/card?from=singlemessage&isappinstalled=0`)
})

test('pages ask the person: pictures by keyboard, a code, a place; closing is "cancel"', async ({ open }) => {
  const { page, web } = await open()
  await configured(web, 'chooseImage', 'scanQRCode', 'getLocation', 'hideMenuItems')
  const chosen = inPage(web, `call('chooseImage', { count: 2 })`)
  const album = page.getByRole('dialog', { name: 'Choose pictures (2 at most)' })
  await expect(album).toBeVisible()
  await expect(album.getByRole('button', { name: 'Close' })).toBeFocused()
  for (const key of ['Tab', 'Enter', 'Tab', 'Space', 'Tab', 'Enter']) await page.keyboard.press(key)
  await expect(album.getByRole('button', { pressed: true })).toHaveCount(2)
  await album.getByRole('button', { name: 'Done' }).press('Enter')
  expect(await chosen).toMatchObject({
    errMsg: 'chooseImage:ok',
    localIds: [expect.any(String), expect.any(String)],
  })

  const scanned = inPage(web, `call('scanQRCode', { needResult: 1 })`)
  await page.getByRole('textbox', { name: 'What the code says' }).fill('42')
  await page.keyboard.press('Enter')
  expect(await scanned).toMatchObject({ errMsg: 'scanQRCode:ok', resultStr: '42' })

  const located = inPage(web, `call('getLocation', {})`)
  await expect(page.getByRole('dialog', { name: 'The page wants to know where you are' })).toBeVisible()
  await page.keyboard.press('Escape')
  expect(await located).toMatchObject({ errMsg: 'getLocation:cancel' })

  await inPage(web, `call('hideMenuItems', { menuList: ['menuItem:share:timeline', 'menuItem:copyUrl'] })`)
  await page.getByRole('button', { name: 'More' }).focus()
  await page.keyboard.press('Enter')
  const sheet = page.getByRole('dialog', { name: 'More' })
  await expect(sheet.getByRole('button', { name: 'Send to friend' })).toBeFocused()
  await expect(sheet.getByRole('button', { name: 'Share on Moments' })).toHaveCount(0)
  await expect(sheet.getByRole('button', { name: 'Copy link' })).toHaveCount(0)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'More' })).toBeFocused()
})

test('looks: a long page stays within the round corners of the phone', async ({ open }) => {
  const { page, web } = await open()
  // What scrolls by itself and has round corners makes Chromium draw the page in parts.
  await inPage(
    web,
    `document.body.style.background = 'rgb(200, 80, 80)'
    document.body.insertAdjacentHTML('beforeend', '<div style="height: 480px"></div><pre style="overflow: auto; border-radius: 12px; width: 300px; background: #ffd">' + 'x'.repeat(300) + '</pre><div style="height: 3000px"></div>')`,
  )
  await page.waitForTimeout(500) // drawing takes a moment to go wrong
  const { x = 0, y = 0, width = 0, height = 0 } = (await page.locator('#phone').boundingBox()) ?? {}
  const foot = await page.screenshot({ clip: { x, y: y + height - 46, width, height: 46 } })
  const stray = await page.evaluate(
    async (png) => {
      const image = await createImageBitmap(await (await fetch(png)).blob())
      const context = new OffscreenCanvas(image.width, image.height).getContext('2d')
      if (!context) throw new Error('nothing to draw on')
      context.drawImage(image, 0, 0)
      const { data } = context.getImageData(0, 0, image.width, image.height)
      // Of the two corners' squares, what lies outside of the curve has to have the colour of the phone's body.
      return Array.from({ length: 46 * 46 * 2 }, (_, at) => {
        const [row, column] = [Math.floor(at / 92), at % 92]
        const fromSide = column % 46
        const away = Math.hypot(45.5 - fromSide, row + 0.5)
        const pixel = (row * image.width + (column < 46 ? fromSide : image.width - 1 - fromSide)) * 4
        return away > 47.5 && away < 55 && Math.abs((data[pixel] ?? 0) - 21) > 12
      }).filter(Boolean).length
    },
    `data:image/png;base64,${foot.toString('base64')}`,
  )
  expect(stray).toBe(0)
})

test('looks: toasts leave in sight what they speak of, and the focus is never lost', async ({
  open,
  url,
}) => {
  test.slow() // many shares
  const { page, web } = await open({ width: 390, locale: 'zh-CN' })
  await configured(web, 'updateAppMessageShareData', 'updateTimelineShareData')
  const card = { title: '卡片', desc: 'd', link: `${url}/card`, imgUrl: `${url}/nothing.png` }
  for (const name of ['updateAppMessageShareData', 'updateTimelineShareData'])
    await inPage(web, `call('${name}', ${JSON.stringify(card)})`)
  const share = async (label: string) => {
    await page.getByRole('button', { name: '更多' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: label }).focus()
    await page.keyboard.press('Enter')
  }
  const bottomOf = async (name: string) => {
    const { y = 0, height = 0 } = (await page.locator(name).last().boundingBox()) ?? {}
    return y + height
  }
  const toast = page.locator('#toast')
  // Where it stands, also when a slow machine comes too late to see it.
  const topOfToast = () =>
    toast.evaluate((element) => {
      element.toggleAttribute('hidden', false)
      return element.getBoundingClientRect().top
    })
  for (let sent = 1; sent <= 8; sent++) {
    await share('发送给朋友')
    await expect(page.getByRole('heading', { name: '阿木' })).toBeFocused()
    await expect(page.locator('#chat .card')).toHaveCount(sent)
    await expect(toast).toHaveText('已发送')
    await expect(page.getByRole('button', { name: '把手机交给阿木' })).toBeInViewport()
    expect(await bottomOf('#chat .hand-over')).toBeLessThanOrEqual(await topOfToast())
    await page.getByRole('button', { name: '返回' }).click()
  }
  await share('分享到朋友圈')
  await expect(page.getByRole('heading', { name: '朋友圈' })).toBeFocused()
  await expect(toast).toHaveText('已发表')
  expect(await bottomOf('#moments .post')).toBeLessThanOrEqual(await topOfToast())
  // The picture of the card can not be had.
  await expect(page.locator('#moments .post .thumbnail')).toHaveJSProperty('tagName', 'SPAN')
  for (const [theme, paper] of [
    ['dark', 'rgb(25, 25, 25)'],
    ['light', 'rgb(255, 255, 255)'],
  ] as const) {
    await page.evaluate((wanted) => (document.body.dataset['theme'] = wanted), theme)
    await expect(page.locator('#moments')).toHaveCSS('background-color', paper)
  }

  await page.getByRole('button', { name: '返回' }).click()
  await page.getByRole('button', { name: '更多' }).click()
  await page.getByRole('button', { name: '沙盒面板' }).click()
  await page.getByRole('tab', { name: '行为' }).click()
  await page.getByRole('button', { name: 'access_token' }).click()
  await expect(toast).toHaveText(/已发生/)
  expect(
    await toast.evaluate((element) => {
      element.toggleAttribute('hidden', false)
      const { x, y, width, height } = element.getBoundingClientRect()
      return document.elementFromPoint(x + width / 2, y + height / 2) === element
    }),
  ).toBe(true)
})

test('looks: in Chinese everything is, and who has no picture has a letter', async ({
  open,
  platform,
  site,
}) => {
  Object.assign(platform.identities.person('amu'), { avatar: 'http://localhost:9/gone.png' })
  const { page } = await open({ locale: 'zh-CN' })
  const english = async (selector: string) =>
    (await page.locator(selector).allTextContents()).filter((text) =>
      /\b[a-z]+ [a-z]+\b|^[a-z]+$/i.test(text.replace('API IP', '')),
    )
  await page.getByRole('tab', { name: '行为' }).click()
  expect(await english('#panel-body :is(option, small, h3, label > span, button)')).toEqual([])
  await page.getByRole('tab', { name: '手机' }).click()
  expect((await english('#panel option')).filter((text) => text !== 'WIFI')).toEqual([])
  await page.getByRole('tab', { name: '公众号' }).click()
  await page.getByRole('textbox', { name: '服务器地址' }).fill('http://192.0.2.1/')
  await page.getByRole('button', { name: '保存' }).last().click()
  await expect(page.locator('.outcome').last()).toContainText('沙盒只请求被测网站和本机的服务')

  await page.getByRole('button', { name: '返回' }).click()
  await expect(page.getByRole('img', { name: '阿木' })).toHaveText('阿')
  site.answer = () => 'this is no reply'
  await page.getByRole('button', { name: /My Official Account/ }).click()
  await page.getByRole('textbox', { name: '发消息' }).fill('你好')
  await page.keyboard.press('Enter')
  await page.getByRole('tab', { name: '记录' }).click()
  await expect(page.locator('.entry', { hasText: '→ 文本' })).toContainText('失败')
})

test('a link that is a script does not run in the phone', async ({ open, site }) => {
  site.answer = news('javascript:parent.intruded = window.intruded = 1')
  const { page, web } = await open()
  await page.getByRole('button', { name: 'Back' }).click()
  await page.getByRole('button', { name: /My Official Account/ }).click()
  await page.getByRole('textbox', { name: 'Message' }).fill('hello')
  await page.keyboard.press('Enter')
  await page
    .getByRole('log')
    .getByRole('button', { name: /Read this/ })
    .click()
  await expect(web.locator('body')).toBeAttached()
  expect(await page.evaluate(() => 'intruded' in window)).toBe(false)
})

test('the panel: settings are checked, the clock moves, the phone changes', async ({ open, platform }) => {
  const { page, web } = await open()
  await page.getByRole('tab', { name: 'Log' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('tab', { name: 'Phone' })).toBeFocused()
  await page.getByText('Android', { exact: true }).click()
  await expect(page.getByRole('radio', { name: 'Android' })).toBeChecked()
  await expect.poll(() => inPage(web, 'navigator.userAgent')).toContain('Android')
  await page.getByText('Dark', { exact: true }).click()
  await expect.poll(() => inPage(web, `matchMedia('(prefers-color-scheme: dark)').matches`)).toBe(true)
  await page.getByRole('button', { name: '+2 h' }).click()
  await expect(page.getByText('2 h ahead of real time')).toBeVisible()
  expect(platform.clock.ahead()).toBe(7200)

  await page.getByRole('tab', { name: 'Account' }).click()
  await page.getByRole('textbox', { name: 'JS-safe domains' }).fill('http://wrong')
  await page.getByRole('button', { name: 'Save' }).first().click()
  await expect(page.getByText(/without http:\/\//).last()).toBeVisible()
  await page.getByRole('textbox', { name: 'JS-safe domains' }).fill('other.example.com')
  await page.getByRole('button', { name: 'Save' }).first().click()
  await expect(page.getByRole('status').getByText('Saved')).toBeVisible()
  expect(platform.account.jsDomains).toEqual(['other.example.com'])
  expect(await configured(web, 'scanQRCode')).toBe('config:invalid url domain')

  await page.getByRole('tab', { name: 'Behaviour' }).click()
  await page.locator('select[name=path]').selectOption('/cgi-bin/token')
  await page.getByRole('textbox', { name: 'Times' }).fill('3')
  await page.getByRole('button', { name: 'Set' }).click()
  await expect(page.getByText('/cgi-bin/token {"errcode":45009} × 3')).toBeVisible()
  await page.getByRole('switch', { name: /40164/ }).check()
  await expect.poll(() => platform.switches.get('ipRefused')).toBe(true)
})

test('at 390 pixels, in Chinese: nothing sticks out, and the panel opens over the phone', async ({
  open,
}) => {
  const { page, web } = await open({ width: 390, locale: 'zh-CN' })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  await inPage(web, `configure(location.origin + '/wrong', { jsApiList: [] })`)
  await page.getByRole('button', { name: 'wx.config 被拒绝：看看原因' }).click()
  await expect(page.locator('.refusal .advice').first()).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.locator('#panel')).toBeHidden()
  await page.getByRole('button', { name: '返回' }).click()
  await page.getByRole('button', { name: '发现' }).click()
  await page.getByRole('button', { name: '扫一扫' }).click()
  await page.getByRole('textbox', { name: '二维码里的内容' }).press('Enter')
  await expect(web.getByRole('heading')).toBeVisible()
})
