// A plain HTML page, and the server that signs it and knows who reads it: npm start
import { randomBytes, timingSafeEqual } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { buildAuthorizeUrl, checkPageUrl, createWechat, openStore, PageUrlError } from 'wechat-core'

const { PORT = '8080', WECHAT_API_URL, WECHAT_OPEN_URL, WECHAT_JSSDK_URLS } = process.env
const appId = setting('WECHAT_APP_ID')
const appSecret = setting('WECHAT_APP_SECRET')
/** The address at which people reach this site, as it is entered in WeChat's console. Not taken from the request. */
const site = new URL(process.env.SITE_URL || 'http://localhost:5180')

// One ticket for all processes of this machine, in a file that only this user reads.
process.umask(0o077)
mkdirSync(new URL('data/', import.meta.url), { recursive: true })
const store = await openStore(`sqlite:${fileURLToPath(new URL('data/wechat.db', import.meta.url))}`)
const wechat = createWechat({
  appId,
  appSecret,
  store,
  ...(WECHAT_API_URL ? { apiUrl: WECHAT_API_URL } : {}),
})

// In memory, and so for one process: with several, the store or a database holds them.
const sessions = new Map()
const SESSIONS_KEPT = 10_000

const file = (name) => readFileSync(new URL(`public/${name}`, import.meta.url))
const page = file('index.html')
  .toString()
  .replaceAll('{{site}}', site.origin)
  .replaceAll(
    '{{jssdk}}',
    WECHAT_JSSDK_URLS?.split(',')[0] ?? 'https://res.wx.qq.com/open/js/jweixin-1.6.0.js',
  )
const picture = file('share.png')
const script = readFileSync(fileURLToPath(import.meta.resolve('wechat-web/wechat-web.js')))

const routes = {
  '/': (_req, res) => send(res, 200, 'text/html; charset=utf-8', page),
  '/wechat-web.js': (_req, res) => send(res, 200, 'text/javascript; charset=utf-8', script),
  '/share.png': (_req, res) => send(res, 200, 'image/png', picture),

  // Signs pages of this site, and no others: a signature for any address would be one for any site.
  async '/signature'(_req, res, query) {
    try {
      const url = checkPageUrl(query.get('url'), [site.host])
      // wechat-web says so when WeChat has refused a signature; the ticket is then asked for again, once a minute.
      sendJson(res, 200, await wechat.sign(url, { recheck: query.get('refresh') === '1' }))
    } catch (error) {
      if (!(error instanceof PageUrlError)) throw error
      sendJson(res, 400, { error: error.message })
    }
  },

  '/session': (req, res) => sendJson(res, 200, { openid: sessionOf(req)?.openid ?? null }),

  '/login'(_req, res) {
    const state = randomBytes(16).toString('hex')
    const redirectUri = `${site.origin}/callback`
    const openUrl = WECHAT_OPEN_URL || undefined
    newSession(res, { state })
    redirect(res, buildAuthorizeUrl({ appId, redirectUri, scope: 'snsapi_base', state, openUrl }))
  },

  async '/callback'(req, res, query) {
    const session = sessionOf(req)
    const state = session?.state
    const code = query.get('code')
    // Only the browser that began may finish, once. WeChat sometimes comes twice: the second time finds a login.
    if (state && code && isSame(state, query.get('state'))) {
      delete session.state
      const { openid, snapshot } = await wechat.oauth.exchangeCode(code)
      // Who looks at a snapshot page is made up: nobody is logged in.
      if (!snapshot) newSession(res, { openid })
      return redirect(res, '/')
    }
    if (session?.openid) return redirect(res, '/')
    const text = '<meta charset="utf-8"><p>这次登录已失效。<a href="/login">重新登录</a></p>'
    send(res, 400, 'text/html; charset=utf-8', text)
  },
}

const server = createServer(async (req, res) => {
  try {
    const { pathname, searchParams } = new URL(req.url ?? '/', 'http://site')
    const route = Object.hasOwn(routes, pathname) ? routes[pathname] : undefined
    if (route) await route(req, res, searchParams)
    else send(res, 404, 'text/plain', 'Not found')
  } catch (error) {
    // WechatApiError holds no secret. A visitor can do nothing with WeChat's codes: into the log with them.
    console.error(error instanceof Error ? `${error.name}: ${error.message}` : error)
    if (!res.headersSent) send(res, 502, 'text/plain; charset=utf-8', '暂时无法连接微信。')
  }
})
server.listen(Number(PORT), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}, for people at ${site.origin}`)
})

function setting(name) {
  const value = process.env[name]
  if (value) return value
  console.error(`${name} is not set; the README says where its value comes from.`)
  process.exit(1)
}

function sessionOf(req) {
  const id = /(?:^|;\s*)session=([\w-]+)/.exec(req.headers.cookie ?? '')?.[1]
  return sessions.get(id)
}

/** With a new id each time: one that somebody else has planted is worth nothing. */
function newSession(res, known) {
  const id = randomBytes(32).toString('base64url')
  sessions.set(id, known)
  if (sessions.size > SESSIONS_KEPT) sessions.delete(sessions.keys().next().value)
  const secure = site.protocol === 'https:' ? '; Secure' : ''
  res.setHeader('set-cookie', `session=${id}; Path=/; HttpOnly; SameSite=Lax${secure}`)
}

function isSame(one, other) {
  const [a, b] = [Buffer.from(one), Buffer.from(other ?? '')]
  return a.length === b.length && timingSafeEqual(a, b)
}

function redirect(res, location) {
  res.writeHead(302, { location, 'cache-control': 'no-store' }).end()
}

function sendJson(res, status, value) {
  send(res, status, 'application/json', JSON.stringify(value))
}

function send(res, status, type, body) {
  res.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body)
}
