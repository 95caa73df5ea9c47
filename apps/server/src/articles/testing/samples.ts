// How each route of the articles is asked for, so that it has something to answer.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A client that keeps cookies. */
type Browser = (path: string, init?: RequestInit) => Promise<Response>

const SIGNUP = '/api/articles/autumn-tea-walk/signup'
const ADMIN = '/api/admin/articles/autumn-tea-walk'
const picture = readFileSync(join(import.meta.dirname, '../../../../web/public/covers/default.jpg'))

const upload = (browser: Browser) =>
  browser('/api/pictures', { method: 'POST', body: new Uint8Array(picture) })
const send = (browser: Browser, method: string, path: string, body: object) =>
  browser(path, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
const signUp = (browser: Browser) =>
  send(browser, 'PUT', SIGNUP, { fields: { name: '张三', phone: '13800138000', agree: true } })

export const articleSamples: Record<string, (browser: Browser) => Promise<Response>> = {
  'GET /api/content-problems': (browser) => browser('/api/content-problems'),
  'GET /api/articles/:slug/signup': (browser) => browser(SIGNUP),
  'PUT /api/articles/:slug/signup': signUp,
  'DELETE /api/articles/:slug/signup': (browser) => browser(SIGNUP, { method: 'DELETE' }),
  'GET /api/admin/articles/:slug/signups': async (browser) => {
    await signUp(browser)
    return browser(`${ADMIN}/signups`)
  },
  'GET /api/admin/articles/:slug/signups.csv': (browser) => browser(`${ADMIN}/signups.csv`),
  'POST /api/visits': (browser) =>
    send(browser, 'POST', '/api/visits', { path: '/articles/autumn-tea-walk' }),
  'GET /api/me/shares': (browser) => browser('/api/me/shares'),
  'GET /api/admin/articles/:slug/shares': (browser) => browser(`${ADMIN}/shares`),
  'GET /api/admin/articles/:slug/shares.csv': (browser) => browser(`${ADMIN}/shares.csv`),
  'POST /api/pictures': upload,
  // What WeChat does not have is a refusal of WeChat's: looked at in pictures/routes.test.ts.
  'POST /api/pictures/wechat': upload,
  'GET /api/pictures/:id': async (browser) =>
    browser(`/api/pictures/${String((await (await upload(browser)).json()).id)}`),
}
