// Headers of sites that would cut the bridge or the page: WeChat opens pages top-level, so none of them may matter.
import { createServer, request, type RequestListener } from 'node:http'
import { createServer as createTls } from 'node:https'
import { connect } from 'node:net'
import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { BRIDGE_TAG, startSiteFront, type SiteFront } from './siteFront.testing.ts'

let front: SiteFront | undefined
afterEach(() => {
  front?.close()
  front = undefined
})
const before = async (site: Parameters<typeof startSiteFront>[0], options = {}) =>
  (front = await startSiteFront(site, options))
const HTML = '<html><head></head><body>x</body></html>'
const withHeaders =
  (headers: Record<string, string>): RequestListener =>
  (_req, res) => {
    res.writeHead(200, { 'content-type': 'text/html', ...headers }).end(HTML)
  }

describe('a policy of the page', () => {
  const policyOf = async (policy: string) => {
    const { frame, url } = await before(withHeaders({ 'content-security-policy': policy }))
    const { headers, text } = await frame('/')
    const nonce = /<script src="[^"]*" nonce="([^"]+)">/.exec(text)?.[1]
    expect(text).toMatch(BRIDGE_TAG)
    return { policy: headers['content-security-policy'], nonce, bridge: `${url}/__wechat/bridge.js` }
  }

  it('that names hosts lets the bridge load, and is the same otherwise', async () => {
    const { policy, bridge } = await policyOf(
      "default-src 'none'; script-src https://cdn.example 'unsafe-inline'; img-src *",
    )
    expect(policy).toBe(
      `default-src 'none'; script-src https://cdn.example 'unsafe-inline' ${bridge}; img-src *`,
    )
  })

  it('without scripts of its own follows its default', async () => {
    const { policy, bridge } = await policyOf("default-src 'none'")
    expect(policy).toBe(`default-src 'none'; script-src ${bridge}`)
  })

  it('that tells apart elements and attributes is widened where elements are', async () => {
    const { policy, bridge } = await policyOf("script-src 'self'; script-src-elem https://cdn.example")
    expect(policy).toBe(`script-src 'self'; script-src-elem https://cdn.example ${bridge}`)
  })

  it.each([["script-src 'nonce-abc' 'strict-dynamic'"], ["script-src 'sha256-abc' 'unsafe-inline'"]])(
    'with nonces or hashes gets one more nonce: %s',
    async (given) => {
      const { policy, nonce } = await policyOf(given)
      expect(policy).toBe(`${given} 'nonce-${nonce}'`)
    },
  )

  it('does not put the page into a sandbox or keep it out of frames', async () => {
    const { policy, bridge } = await policyOf(
      "frame-ancestors 'none'; sandbox allow-scripts; connect-src 'none'; script-src 'none'",
    )
    expect(policy).toBe(`connect-src 'none'; script-src ${bridge}`)
  })

  it('of several, in one header or in many, each is met', async () => {
    const { frame } = await before((_req, res) => {
      res.setHeader('content-type', 'text/html')
      res.setHeader('content-security-policy', [
        "frame-ancestors 'none'",
        "script-src 'self', default-src 'none'",
      ])
      res.end(HTML)
    })
    const { headers } = await frame('/')
    expect(headers['content-security-policy']).toMatch(
      /^script-src 'self' \S+bridge\.js, default-src 'none'; script-src \S+bridge\.js$/,
    )
  })

  it('is left alone where no bridge goes in', async () => {
    const policy = "frame-ancestors 'none'"
    const { get } = await before(withHeaders({ 'content-security-policy': policy }))
    expect((await get('/')).headers['content-security-policy']).toBe(policy)
  })
})

it.each(['DENY', 'SAMEORIGIN'])('X-Frame-Options: %s is not heard', async (value) => {
  const { frame } = await before(withHeaders({ 'x-frame-options': value }))
  expect((await frame('/')).headers['x-frame-options']).toBeUndefined()
})

describe('a redirect', () => {
  const to =
    (location: (host: string | undefined) => string): RequestListener =>
    (req, res) => {
      res.writeHead(302, { location: location(req.headers.host) }).end()
    }
  const locationOf = async (
    location: (host: string | undefined) => string,
    siteUrl?: (port: number) => string,
  ) => {
    const { frame } = await before(to(location), siteUrl ? { siteUrl } : {})
    return (await frame('/')).headers.location
  }

  it("to the site's own origin stays in the sandbox", async () => {
    expect(await locationOf(() => `${front?.siteUrl}/b?c=1#d`)).toBe('/b?c=1#d')
  })
  it('to another name of this machine, or the other scheme, stays as well', async () => {
    expect(await locationOf(() => `${front?.siteUrl.replace('127.0.0.1', 'localhost')}/b`)).toBe('/b')
  })
  it('to what the site takes for its own address stays', async () => {
    expect(await locationOf((host) => `https://${host}/b`)).toBe('/b')
  })
  it('to elsewhere leads elsewhere, byte for byte', async () => {
    for (const place of ['https://example.com/%E4?a=b', '/b', 'b', '//example.com', 'http://127.0.0.1:1/'])
      expect(await locationOf(() => place)).toBe(place)
  })
  it('in a Refresh header stays, too', async () => {
    const { frame } = await before((_req, res) =>
      res.setHeader('refresh', `3; url=${front?.siteUrl}/b`).end(),
    )
    expect((await frame('/')).headers['refresh']).toBe('3; url=/b')
  })
})

describe('an https site with its own certificate', () => {
  const tls = (name: string) => readFileSync(new URL(`../testing/tls/${name}.pem`, import.meta.url))
  const site = (listener: RequestListener) => createTls({ key: tls('key'), cert: tls('cert') }, listener)
  const siteUrl = (port: number) => `https://localhost:${port}`

  it('is shown', async () => {
    const { frame } = await before(site(withHeaders({})), { siteUrl })
    expect(await frame('/')).toMatchObject({ status: 200, text: expect.stringMatching(BRIDGE_TAG) })
  })
  it('keeps its redirects', async () => {
    const { frame } = await before(
      site((req, res) => void res.writeHead(301, { location: `https://${req.headers.host}/b` }).end()),
      { siteUrl },
    )
    expect((await frame('/')).headers.location).toBe('/b')
  })
})

it('a site that cannot be reached is told with its reason', async () => {
  const { frame } = await before(withHeaders({}), { siteUrl: () => 'http://127.0.0.1:9' })
  expect(await frame('/')).toMatchObject({
    status: 502,
    text: expect.stringContaining('does not answer yet'),
  })
})

it('a site that breaks off breaks off here, and takes nothing with it', async () => {
  const { frame, get } = await before((req, res) => {
    if (req.url === '/whole') return void res.end('whole')
    res.setHeader('content-type', 'text/html').write('<html><head>')
    setTimeout(() => res.destroy(), 30)
  })
  await expect(frame('/')).rejects.toThrow()
  expect((await get('/whole')).text).toBe('whole')
})

it('bodies, methods and headers of a request arrive as they were sent', async () => {
  const { url } = await before(async (req, res) => {
    let body = ''
    for await (const chunk of req) body += String(chunk)
    res.end(JSON.stringify([req.method, req.url, req.headers['x-a'], req.headers['transfer-encoding'], body]))
  })
  const answer = await new Promise<string>((done, fail) => {
    const sent = request(`${url}/a?b=%20c`, {
      method: 'PATCH',
      headers: { 'x-a': 'é'.normalize(), connection: 'close, x-b', 'x-b': '1' },
    })
    sent.on('response', (res) => {
      let text = ''
      res
        .setEncoding('utf8')
        .on('data', (chunk: string) => (text += chunk))
        .on('end', () => done(text))
    })
    sent.on('error', fail)
    sent.write('a body')
    sent.end(' in two')
  })
  expect(JSON.parse(answer)).toEqual(['PATCH', '/a?b=%20c', 'é', 'chunked', 'a body in two'])
})

it('a web socket passes both ways, and the key of the sandbox stays here', async () => {
  const site = createServer()
  let cookie: string | undefined
  site.on('upgrade', (req, socket) => {
    cookie = req.headers.cookie
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n')
    socket.on('data', (chunk) => socket.end(`${String(chunk)}-pong`))
  })
  const { url } = await before(site)
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.write(
    'GET /socket HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: echo\r\nCookie: a=1; wechat_key=k\r\n\r\n',
  )
  let heard = ''
  socket.setEncoding('utf8')
  for await (const chunk of socket) {
    heard += String(chunk)
    if (heard.endsWith('\r\n\r\n')) socket.write('ping')
  }
  expect(heard).toMatch(/^HTTP\/1\.1 101 [\s\S]*upgrade: echo[\s\S]*ping-pong$/i)
  expect(cookie).toBe('a=1')
})

it('a site that takes no web socket says so itself', async () => {
  const { url } = await before((_req, res) => void res.writeHead(426).end('no'))
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.end('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n')
  let heard = ''
  for await (const chunk of socket) heard += String(chunk)
  expect(heard).toMatch(/^HTTP\/1\.1 426 [\s\S]*no$/)
})
