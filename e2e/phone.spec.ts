// The sandbox's phone: what a person does with it, by mouse and by keyboard.
import { configured, expect, inPage, test } from './phoneWorld.ts'

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

test('a bare link that was tapped in a chat is forwarded as a bare link [bare-link]', async ({
  open,
  site,
  url,
}) => {
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

test('a card goes to a friend, who opens it with what WeChat adds to the address [card-from] [card-isappinstalled]', async ({
  open,
  url,
}) => {
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
  await page.getByRole('textbox', { name: 'Content of the code' }).fill('42')
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
  await page.getByRole('textbox', { name: 'JS interface security domains' }).fill('http://wrong')
  await page.getByRole('button', { name: 'Save' }).first().click()
  await expect(page.getByText(/without http:\/\//).last()).toBeVisible()
  await page.getByRole('textbox', { name: 'JS interface security domains' }).fill('other.example.com')
  await page.getByRole('button', { name: 'Save' }).first().click()
  await expect(page.getByRole('status').getByText('Saved')).toBeVisible()
  expect(platform.account.jsDomains).toEqual(['other.example.com'])
  expect(await configured(web, 'scanQRCode')).toBe('config:invalid url domain')

  await page.getByRole('tab', { name: 'Rules and faults' }).click()
  await page.locator('select[name=path]').selectOption('/cgi-bin/token')
  await page.getByRole('textbox', { name: 'Times' }).fill('3')
  await page.getByRole('button', { name: 'Set' }).click()
  await expect(page.getByText('/cgi-bin/token {"errcode":45009} × 3')).toBeVisible()
  await page.getByRole('switch', { name: /40164/ }).check()
  await expect.poll(() => platform.switches.get('ipRefused')).toBe(true)
})

test('a link of a guide sets the sandbox up once the person agrees, and another puts it back', async ({
  open,
  platform,
  url,
}) => {
  const { page } = await open({ path: '/two?wechat_try=not-following' })
  expect(page.url()).toBe(`${url}/two`)
  const question = page.getByRole('dialog', { name: 'Set the sandbox up as this link says?' })
  await expect(question).toContainText('a test account that you do not follow')
  expect(platform.switches.get('account')).toBe('service')
  await question.getByRole('button', { name: 'OK' }).click()
  await expect.poll(() => platform.switches.get('account')).toBe('test')
  await expect(page.locator('#toast')).toContainText('Done')

  const domains = [...platform.account.jsDomains]
  await page.goto(`${url}/?wechat_try=wrong-js-domain`)
  await question.getByRole('button', { name: 'OK' }).click()
  await expect.poll(() => platform.account.jsDomains).toEqual(['example.com'])

  await page.goto(`${url}/?wechat_try=normal`)
  await question.getByRole('button', { name: 'OK' }).click()
  await expect.poll(() => platform.account.jsDomains).toEqual(domains)
  await expect.poll(() => platform.switches.get('account')).toBe('service')

  await page.goto(`${url}/?wechat_try=snapshot`)
  await question.getByRole('button', { name: 'Cancel' }).click()
  expect(platform.switches.get('snapshot')).toBe(false)
})
