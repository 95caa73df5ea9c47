import { afterAll, beforeAll, expect, it } from 'vitest'
import { startSiteFront, type SiteFront } from '../front/siteFront.testing.ts'

let front: SiteFront
let asked = 0
beforeAll(async () => {
  front = await startSiteFront(({ url }, res) => {
    if (url === '/many') {
      const names = Array.from({ length: 50 }, () => `state${++asked}=1; Path=/`)
      return void res.setHeader('set-cookie', names).end()
    }
    res.setHeader('set-cookie', [
      'sid=of-the-site; Path=/; HttpOnly; SameSite=Lax; Max-Age=600',
      'step=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT',
    ])
    res.setHeader('content-type', 'text/html').end('<p>a page</p>')
  })
})
afterAll(() => front.close())

/** As the phone of a browser with these cookies changes hands; gives what it is to set. */
async function handOver(person: string, cookie: string): Promise<string[]> {
  const visit = { 'sec-fetch-dest': 'document', 'sec-fetch-site': 'none' }
  const key = /wechat-phone-key" content="([\w-]+)"/.exec((await front.get('/', visit)).text)?.[1] ?? ''
  const answer = await fetch(`${front.url}/__wechat/phone/person`, {
    method: 'POST',
    headers: { cookie, origin: front.url, 'wechat-phone-key': key },
    body: JSON.stringify({ person }),
  })
  expect(answer.status).toBe(200)
  return answer.headers.getSetCookie().filter((line) => !line.startsWith('wechat_person'))
}

it("the site's cookies go with their owner and come back, with the sandbox's own left alone", async () => {
  await front.frame('/shop/cart')
  const away = await handOver('lin', 'wechat_phone=a; wechat_person=xiaoqing; sid=1; theme=dark=1')
  expect(away).toEqual([
    'sid=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0',
    'theme=; Path=/; Max-Age=0',
    'step=; Path=/shop; Max-Age=0',
    expect.stringMatching(/^wechat_browser=[0-9a-f]{24}; Path=\/__wechat; HttpOnly; SameSite=Lax$/),
  ])
  const browser = away.at(-1)?.split(';')[0] ?? ''
  const back = await handOver('xiaoqing', `${browser}; wechat_person=lin; sid=2`)
  expect(back.slice(0, -1)).toEqual([
    'sid=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0',
    'step=; Path=/shop; Max-Age=0',
    'sid=1; Path=/; HttpOnly; SameSite=Lax',
    'theme=dark=1; Path=/',
  ])
  // Another browser has other phones, and to whom it belongs nothing is done.
  expect(await handOver('lin', 'wechat_person=xiaoqing')).not.toContain(
    'sid=2; Path=/; HttpOnly; SameSite=Lax',
  )
  expect(await handOver('lin', `${browser}; wechat_person=lin; sid=2`)).toEqual([])
})

it('a site that names cookies by chance ends in no answer with all of them: those that were set last count', async () => {
  for (let visit = 0; visit < 20; visit++) await front.frame('/many')
  const lines = await handOver('lin', 'wechat_person=xiaoqing; sid=1')
  expect(lines).toContain('state1000=; Path=/; Max-Age=0')
  expect(lines).toContain('sid=; Path=/; Max-Age=0')
  expect(lines.length).toBeLessThan(200)
})
