// What the account's server sends of its own accord, as the person sees it on the phone.
import { expect, test } from './phoneWorld.ts'

const PNG = new Uint8Array(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
)

test('articles that go to many open on the phone, a menu message is answered by a tap, and typing shows', async ({
  open,
  site,
  platform,
  url,
}) => {
  const call = async (path: string, body: BodyInit, query = '') => {
    const { access_token } = platform.tokens.issueStable(false)
    const address = `${url}/__wechat${path}?access_token=${access_token}${query}`
    const response = await fetch(address, { method: 'POST', body })
    return (await response.json()) as Record<string, unknown>
  }
  const post = (path: string, body: object) => call(path, JSON.stringify(body))
  const touser = platform.identities.openidOf(platform.people[0])
  const custom = (message: object) => post('/cgi-bin/message/custom/send', { touser, ...message })

  const { page, web } = await open()
  await page.getByRole('button', { name: 'Back' }).click()
  await page.getByRole('button', { name: /My Official Account/ }).click()
  const log = page.getByRole('log')

  const form = new FormData()
  form.set('media', new Blob([PNG], { type: 'image/png' }), 'cover.png')
  const { media_id: cover } = await call('/cgi-bin/material/add_material', form, '&type=image')
  const image = await call('/cgi-bin/media/uploadimg', form)
  const content = `<p>Hello, <b>readers</b></p><img src="${String(image['url'])}" alt="Tea"><script>alert(1)</script>`
  const articles = [{ title: 'Spring tea', content, thumb_media_id: cover }]
  const { media_id } = await post('/cgi-bin/draft/add', { articles })
  const mass = { filter: { is_to_all: true }, msgtype: 'mpnews', mpnews: { media_id } }
  expect(await post('/cgi-bin/message/mass/sendall', mass)).toMatchObject({ errcode: 0 })
  await expect(log.getByText('mass message')).toBeVisible()
  await expect(log.locator('.article img')).toHaveJSProperty('naturalWidth', 1)
  await log.getByRole('button', { name: /Spring tea/ }).click()
  await expect(web.getByRole('heading', { name: 'Spring tea' })).toBeVisible()
  await expect(web.getByText('readers')).toBeVisible()
  await expect(web.getByRole('img', { name: 'Tea' })).toHaveJSProperty('naturalWidth', 1)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Spring tea')
  await page.getByRole('button', { name: 'Back' }).click()
  await page.getByRole('button', { name: /My Official Account/ }).click()

  await page.getByRole('textbox', { name: 'Message' }).fill('hello')
  await page.keyboard.press('Enter')
  await expect(log.locator('.mine')).toHaveText('hello')
  await post('/cgi-bin/message/custom/typing', { touser, command: 'Typing' })
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Typing…')
  const list = [
    { id: '101', content: 'Satisfied' },
    { id: '102', content: 'Not satisfied' },
  ]
  await custom({ msgtype: 'msgmenu', msgmenu: { head_content: 'How was it?', list, tail_content: '' } })
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('My Official Account')
  await log.getByRole('button', { name: 'Not satisfied' }).click()
  await expect(log.locator('.mine').last()).toHaveText('Not satisfied')
  await expect.poll(() => site.pushes.at(-1)).toContain('<bizmsgmenuid><![CDATA[102]]></bizmsgmenuid>')

  await custom({
    msgtype: 'miniprogrampage',
    miniprogrampage: { title: 'The shop', appid: 'wx1', pagepath: 'pages/index', thumb_media_id: cover },
  })
  await expect(log.locator('.template').getByRole('img')).toHaveJSProperty('naturalWidth', 1)
})
