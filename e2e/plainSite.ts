// A site of a few lines, for what the sandbox itself does: a page with Tencent's script, signatures, and pushes.
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { sdkScript, type Platform } from 'wechat-sandbox'

export interface PlainSite {
  readonly url: string
  /** Bodies of the pushes it got. */
  readonly pushes: string[]
  /** What lies at other paths, by path. The end of the path tells the type: `.js`, else HTML. */
  readonly files: Map<string, string>
  /** What it answers to the next pushes. */
  answer: (to: string, from: string) => string
  /** After how many seconds it would ask for its ticket again, as the starter says it. */
  recheckAfter: number | undefined
  /** The platform that it signs for. */
  platform: Platform | undefined
  close(): void
}

const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Plain site</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head><body><h1>Plain site</h1>
<a href="/two">two</a><script src="/jweixin.js"></script><script>
/** Asks for a signature of an address, configures with it, and gives the outcome. */
async function configure(url, config) {
  const signed = await (await fetch('/sign?url=' + encodeURIComponent(url))).json()
  let outcome = 'ok'
  wx.error(function (reply) { outcome = reply.errMsg })
  wx.config(Object.assign(signed, config))
  await new Promise(function (done) { wx.ready(done) })
  // From the second config on wx.ready runs before the answer; a call that is answered after it tells that it is there.
  await call('getNetworkType')
  return outcome
}
/** Calls an API; gives what success, fail or cancel was given. */
function call(name, params) {
  return new Promise(function (done) {
    wx[name](Object.assign({ complete: function (reply) { done(reply) } }, params))
  })
}
</script></body></html>`

const HTML = 'text/html; charset=utf-8'
const SCRIPT = 'text/javascript; charset=utf-8'

export async function startPlainSite(): Promise<PlainSite> {
  const site: PlainSite = {
    url: '',
    pushes: [],
    files: new Map(),
    answer: () => 'success',
    recheckAfter: undefined,
    platform: undefined,
    close: () => server.close(),
  }
  const server = createServer(async (req, res) => {
    const { pathname, searchParams } = new URL(req.url ?? '/', 'http://localhost')
    const file = pathname === '/jweixin.js' ? sdkScript() : site.files.get(pathname)
    if (file !== undefined)
      return void res.setHeader('content-type', pathname.endsWith('.js') ? SCRIPT : HTML).end(file)
    if (site.recheckAfter !== undefined) res.setHeader('wechat-recheck-after', site.recheckAfter)
    if (pathname === '/sign' || pathname === '/api/wechat/signature')
      return void res.end(JSON.stringify(sign(site.platform, searchParams.get('url') ?? '')))
    if (pathname === '/api/wechat') {
      const xml = await bodyOf(req)
      site.pushes.push(xml)
      const field = (name: string) => new RegExp(`<${name}><!\\[CDATA\\[(.*?)\\]\\]>`).exec(xml)?.[1] ?? ''
      return void res.end(site.answer(field('FromUserName'), field('ToUserName')))
    }
    res.setHeader('content-type', HTML).end(PAGE)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return Object.assign(site, { url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}` })
}

function sign(platform: Platform | undefined, url: string) {
  if (!platform) throw new Error('the site has no platform')
  const { ticket } = platform.tokens.issueTicket('jsapi')
  const text = `jsapi_ticket=${ticket}&noncestr=nonce&timestamp=1760000000&url=${url}`
  const signature = createHash('sha1').update(text).digest('hex')
  return { appId: platform.account.appId, timestamp: 1760000000, nonceStr: 'nonce', signature, url }
}

async function bodyOf(req: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of req) body += String(chunk)
  return body
}
