import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askPort, CONTROL } from '../front/sandboxRequests.testing.ts'
import { startSiteFront, type SiteFront } from '../front/siteFront.testing.ts'

let front: SiteFront
beforeAll(async () => {
  front = await startSiteFront((_req, res) => {
    res.setHeader('content-type', 'text/html').end('<html><head></head><body>the site</body></html>')
  })
})
afterAll(() => front.close())

const ask = (path: string, asking?: Parameters<typeof askPort>[2]) => askPort(front.port, path, asking)

describe('a page of the site itself, which has the same origin as the phone', () => {
  const browser = () => ({
    host: `localhost:${front.port}`,
    origin: `http://localhost:${front.port}`,
    'sec-fetch-site': 'same-origin',
    'sec-fetch-dest': 'empty',
    referer: `http://localhost:${front.port}/__wechat/phone/launcher?phone=a`,
  })
  const keyOf = (text: string) => /name="wechat-phone-key" content="([\w-]{24})"/.exec(text)?.[1]
  const forPage = ['/phone/phone.js', '/native', '/bridge.js', '/openapi.json', '/cgi-bin/', '/sns/']
  const control = CONTROL.filter(([, path]) => !forPage.some((one) => path.startsWith(one)))

  it('controls nothing, and finds the key nowhere', async () => {
    const before = front.platform.clock.ahead()
    for (const [method, path, body] of control)
      for (const wrong of ['', 'A'.repeat(24), 'é'.repeat(24)]) {
        const headers = { ...browser(), 'wechat-phone-key': wrong }
        const answer = await ask(`/__wechat${path}`, { method, headers, body })
        expect([path, answer.status]).toEqual([path, 403])
      }
    expect(front.platform.clock.ahead()).toBe(before)
    for (const dest of ['empty', 'iframe', 'frame', 'object', 'embed', 'image', 'script', 'worker'])
      for (const path of ['/', '/articles/a', '/__wechat/phone/tab', '/__wechat/phone/launcher'])
        expect(keyOf((await ask(path, { headers: { ...browser(), 'sec-fetch-dest': dest } })).body)).toBe(
          undefined,
        )
  })

  it('but the phone does, by the key in its own document', async () => {
    for (const path of ['/', '/__wechat/phone/tab']) {
      const visit = {
        host: `localhost:${front.port}`,
        'sec-fetch-site': 'none',
        'sec-fetch-dest': 'document',
      }
      const { body, headers } = await ask(path, { headers: visit })
      expect(headers['cache-control']).toBe('no-store')
      const key = keyOf(body) ?? ''
      const change = {
        method: 'POST',
        body: '{"seconds":0}',
        headers: { ...browser(), 'wechat-phone-key': key },
      }
      expect((await ask('/__wechat/phone/clock', change)).status).toBe(200)
      expect((await ask(`/__wechat/phone/state?key=${key}`, { headers: browser() })).status).toBe(200)
    }
  })

  it('and still has its bridge', async () => {
    const message = { method: 'POST', body: '{"type":"menu","document":"d"}', headers: browser() }
    expect((await ask('/__wechat/bridge.js', { headers: browser() })).status).toBe(200)
    expect((await ask('/__wechat/native', message)).status).not.toBe(403)
  })
})
