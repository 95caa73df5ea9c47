// The site's page and the phone around it have one origin. What is the phone's stays the phone's.
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { createFront, createPlatform } from 'wechat-sandbox'
import { expect, inPage, test } from './phoneWorld.ts'

// All that a page can ask with: each gives what it was answered, 'nothing' where a page may not even see that.
const TRIES = `(async () => {
  const clock = '/__wechat/phone/clock'
  const init = { method: 'POST', body: '{"seconds":60}' }
  const said = async (path, init) => (await fetch(path, init)).status
  const inWorker = (path) => new Promise((done) => {
    const source = 'fetch(' + JSON.stringify(location.origin + path) + ',{method:"POST",body:"{\\\\"seconds\\\\":60}"})' +
      '.then((answer) => postMessage(answer.status), () => postMessage("nothing"))'
    new Worker(URL.createObjectURL(new Blob([source]))).onmessage = ({ data }) => done(data)
  })
  const inFrame = (path) => new Promise((done) => {
    const frame = document.createElement('iframe')
    frame.onload = () => done(frame.contentDocument.documentElement.outerHTML)
    frame.src = path
    document.body.append(frame)
  })
  const inWindow = (path) => new Promise((done) => {
    const view = window.open(path)
    const until = Date.now() + 3000
    const look = () => {
      try {
        if (view.document.querySelector('meta[name=wechat-phone-key]')) return done('the key')
      } catch {
        return done('no hold of it')
      }
      return Date.now() > until ? done('nothing') : setTimeout(look)
    }
    look()
  })
  const ofForm = () => new Promise((done) => {
    const frame = document.createElement('iframe')
    frame.name = 'sent'
    document.body.append(frame)
    const form = document.createElement('form')
    Object.assign(form, { action: clock, method: 'post', enctype: 'text/plain', target: 'sent' })
    form.innerHTML = '<input name=\\'{"seconds":60,"a":"\\' value=\\'"}\\'>'
    frame.onload = () => frame.contentWindow.location.href !== 'about:blank' && done(frame.contentDocument.body.textContent)
    document.body.append(form)
    form.submit()
  })
  navigator.sendBeacon(clock, init.body)
  return {
    statuses: [
      await said(clock, init),
      await said(clock + '?phone=x', { ...init, referrer: '/__wechat/phone/tab' }),
      await said(clock, { ...init, referrerPolicy: 'no-referrer' }),
      await said('/__wechat/phone/state'),
      await said('/__wechat/phone/events'),
      await inWorker(clock),
    ],
    form: await ofForm(),
    windows: [await inWindow('/__wechat/phone/tab'), await inWindow('/two')],
    texts: [
      await (await fetch(location.href)).text(),
      await inFrame('/__wechat/phone/tab'),
      await inFrame('/__wechat/phone/launcher'),
      await inFrame('/two'),
    ],
  }
})()`

test("a page of the site changes nothing of the sandbox, and takes nothing of the phone's away", async ({
  open,
  platform,
}) => {
  const { page, web } = await open()
  const tried = (await inPage(web, TRIES)) as {
    statuses: unknown[]
    form: string
    windows: string[]
    texts: string[]
  }
  expect(tried.statuses).toEqual([403, 403, 403, 403, 403, 403])
  expect(tried.form).toContain('no other page in a browser')
  expect(tried.windows).toEqual(['no hold of it', 'no hold of it'])
  for (const text of tried.texts) expect(text).not.toContain('wechat-phone-key')
  // The phone has read its key before there was a page.
  expect(await page.locator('meta[name=wechat-phone-key]').count()).toBe(0)
  expect(platform.clock.ahead()).toBe(0)

  // A card is sent; the page empties the storage, as many do at a logout; the tab is loaded again.
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('button', { name: 'Send to friend' }).click()
  const name = await page.evaluate(() => sessionStorage.getItem('wechat-sandbox-phone'))
  await inPage(web, 'sessionStorage.clear(); localStorage.clear()')
  await expect
    .poll(() => page.evaluate(() => sessionStorage.getItem('wechat-sandbox-shared')))
    .toContain('Plain site')
  expect(await page.evaluate(() => sessionStorage.getItem('wechat-sandbox-phone'))).toBe(name)

  // And the phone itself goes on.
  await page.getByRole('tab', { name: 'Phone' }).click()
  await page.getByRole('button', { name: '+2 h' }).click()
  await expect(page.getByText('2 h ahead of real time')).toBeVisible()
  expect(platform.clock.ahead()).toBe(7200)
})

test('a phone whose sandbox was started again is loaded again, and works', async ({ chrome }) => {
  const site = createServer((_req, res) => {
    res.setHeader('content-type', 'text/html').end('<!doctype html><title>A</title><h1>A page</h1>')
  })
  const siteUrl = `http://127.0.0.1:${await listen(site, 0)}`
  const first = createFront({ platform: createPlatform({ siteOrigin: 'http://localhost:0' }), siteUrl })
  const port = await listen(first, 0)
  const page = await chrome.newPage({ locale: 'en-GB' })
  await page.goto(`http://localhost:${port}/`)
  const web = page.frameLocator('#webview')
  await expect(web.getByRole('heading', { name: 'A page' })).toBeVisible()
  await end(first)

  const platform = createPlatform({ siteOrigin: 'http://localhost:0' })
  const second = createFront({ platform, siteUrl })
  const again = page.waitForEvent('load')
  await listen(second, port)
  await again
  await expect(web.getByRole('heading', { name: 'A page' })).toBeVisible()
  await page.getByRole('tab', { name: 'Phone' }).click()
  await page.getByRole('button', { name: '+2 h' }).click()
  await expect.poll(() => platform.clock.ahead()).toBe(7200)
  await page.close()
  for (const server of [second, site]) await end(server)
})

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

async function end(server: Server): Promise<void> {
  server.close()
  server.closeAllConnections()
  await once(server, 'close')
}
