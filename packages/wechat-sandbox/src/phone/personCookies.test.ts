import { afterAll, beforeAll, expect, it } from 'vitest'
import { startSiteFront, type SiteFront } from '../front/siteFront.testing.ts'

let front: SiteFront
beforeAll(async () => {
  front = await startSiteFront((_req, res) => {
    res.setHeader('set-cookie', [
      'sid=of-the-site; Path=/; HttpOnly; SameSite=Lax; Max-Age=600',
      'step=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT',
    ])
    res.setHeader('content-type', 'text/html').end('<p>a page</p>')
  })
})
afterAll(() => front.close())

/** As the phone of a browser with these cookies changes hands; gives what it is to set. */
async function handOver(person: string, cookie: string, at = front): Promise<string[]> {
  const visit = { 'sec-fetch-dest': 'document', 'sec-fetch-site': 'none' }
  const key = /wechat-phone-key" content="([\w-]+)"/.exec((await at.get('/', visit)).text)?.[1] ?? ''
  const answer = await fetch(`${at.url}/__wechat/phone/person`, {
    method: 'POST',
    headers: { cookie, origin: at.url, 'wechat-phone-key': key },
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
    'step=; Path=/shop; Max-Age=0',
    'theme=; Path=/; Max-Age=0',
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

it('of two cookies with one name, at different paths, none stays with the next person', async () => {
  const shop = await startSiteFront((req, res) => {
    res.setHeader('set-cookie', [`sid=1; Path=${req.url}; HttpOnly`]).end('a page')
  })
  await shop.frame('/')
  await shop.frame('/shop')
  const away = await handOver('lin', 'wechat_person=xiaoqing; sid=1', shop)
  expect(away.slice(0, -1)).toEqual([
    'sid=; Path=/; HttpOnly; Max-Age=0',
    'sid=; Path=/shop; HttpOnly; Max-Age=0',
  ])
  const browser = away.at(-1)?.split(';')[0] ?? ''
  const back = await handOver('xiaoqing', `${browser}; wechat_person=lin`, shop)
  expect(back).toContain('sid=1; Path=/; HttpOnly')
  shop.close()
})

it('a site elsewhere that sets cookies for its whole domain: they go as well', async () => {
  const far = await startSiteFront(
    (_req, res) => void res.setHeader('set-cookie', ['sid=1; Domain=.example.com; Path=/']).end('a page'),
    { siteUrl: (port) => `http://[::ffff:127.0.0.1]:${port}` }, // no name of this machine, as far as the front knows
  )
  const { headers } = await far.frame('/')
  expect(headers['set-cookie']).toEqual(['sid=1; Path=/'])
  const away = await handOver('lin', 'wechat_person=xiaoqing; sid=1', far)
  expect(away[0]).toBe('sid=; Path=/; Max-Age=0')
  far.close()
})

it('a site that makes up new names with every answer does not make the hand-over longer and longer', async () => {
  let made = 0
  const noisy = await startSiteFront((_req, res) => {
    res
      .setHeader(
        'set-cookie',
        Array.from({ length: 50 }, () => `c${made++}=1; Path=/`),
      )
      .end('a page')
  })
  for (let visits = 0; visits < 10; visits++) await noisy.frame('/')
  const away = await handOver('lin', 'wechat_person=xiaoqing; c499=1', noisy)
  expect(away).toContain('c499=; Path=/; Max-Age=0')
  expect(away.length).toBeLessThan(250)
  noisy.close()
})
