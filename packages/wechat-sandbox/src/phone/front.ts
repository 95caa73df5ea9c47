import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { readFileSync } from 'node:fs'
import express, { type Express } from 'express'
import { createProxyServer } from 'http-proxy-3'
import { z } from 'zod'
import { bridgeScript } from '../bridge/bridgeScript.ts'
import { device, userAgentOf } from '../bridge/device.ts'
import { messageSchema } from '../bridge/messages.ts'
import { createNativeApp, type NativeApp } from '../bridge/nativeApp.ts'
import { browserScript } from '../browserScript.ts'
import type { Platform } from '../platform/platform.ts'
import { PERSON_COOKIE, platformRoutes } from '../platform/routes.ts'

/** Everything of the sandbox lives under this path; all other paths are the site's. */
export const SANDBOX_PATH = '/__wechat'

export interface FrontOptions {
  platform: Platform
  /** Address of the site that is shown on the phone, e.g. `http://127.0.0.1:5174`. */
  siteUrl: string
  /** Requests for the site wait for this, so that who opens the phone early sees the site and not an error. */
  ready?: Promise<unknown>
}

/**
 * A server that stands before a site and shows it on a phone, inside WeChat. A browser that navigates gets the phone;
 * the frame in it gets the site's own page with the bridge as its first script. The site is changed in nothing else.
 */
export function createFront({ platform, siteUrl, ready }: FrontOptions): Server {
  const native = createNativeApp({ platform, device: device('ios'), answering: undefined })
  const proxy = createProxyServer({ target: siteUrl, ws: true, xfwd: false, selfHandleResponse: true })
  proxy.on('proxyRes', (answer, req, res) => passOn(answer, req, res as ServerResponse))
  proxy.on('error', (_error, _req, res) => sayUnreachable(res, siteUrl))

  const app = sandboxRoutes(platform, native)
  app.use(async (req, res) => {
    await ready
    if (isVisit(req))
      return void res.set('cache-control', 'no-store').type('html').send(phoneFile('phone.html'))
    asWebView(req, native)
    proxy.web(req, res)
  })
  const server = createServer(app)
  server.on('upgrade', (req, socket, head) => proxy.ws(req, socket, head))
  server.on('close', () => void proxy.close())
  return server
}

function sandboxRoutes(platform: Platform, native: NativeApp): Express {
  const app = express().disable('x-powered-by')
  const sandbox = express.Router()

  sandbox.get('/bridge.js', (_req, res) => {
    // The script reports page addresses to Tencent from anything that looks like a phone; a sandbox should not.
    const quiet = { navigatorPlatform: 'MacIntel' }
    const script = bridgeScript({ device: native.device, endpoint: `${SANDBOX_PATH}/native`, ...quiet })
    res.set('cache-control', 'no-store').type('text/javascript').send(script)
  })
  sandbox.post('/native', express.text({ type: () => true, limit: '256kb' }), (req, res) => {
    const message = messageSchema.safeParse(parseJson(req.body))
    if (!message.success) return void res.status(400).json({ error: z.prettifyError(message.error) })
    res.json(native.receive(message.data) ?? {})
  })

  const change = z.object({ os: z.enum(['ios', 'android']).optional(), person: z.string().optional() })
  sandbox.get('/phone/state', (req, res) => {
    res.set('cache-control', 'no-store').json(phoneState(platform, native, req))
  })
  sandbox.post('/phone/state', express.json(), (req, res) => {
    const wanted = change.safeParse(req.body)
    if (!wanted.success) return void res.status(400).json({ error: z.prettifyError(wanted.error) })
    const { os, person } = wanted.data
    if (os) native.device = device(os)
    const chosen = platform.people.find(({ id }) => id === person)
    if (person !== undefined && !chosen)
      return void res.status(400).json({ error: `Nobody is called "${person}".` })
    if (chosen) res.cookie(PERSON_COOKIE, chosen.id, { path: SANDBOX_PATH, sameSite: 'lax' })
    res.json({ ...phoneState(platform, native, req), ...(chosen ? { person: chosen.id } : {}) })
  })
  sandbox.get('/phone/phone.css', (_req, res) => void res.type('text/css').send(phoneFile('phone.css')))
  sandbox.get('/phone/:name.js', (req, res, next) => {
    if (!BROWSER_FILES.includes(req.params.name)) return next()
    res
      .set('cache-control', 'no-store')
      .type('text/javascript')
      .send(browserScript(`./phone/${req.params.name}.ts`))
  })

  // The login page is opened by the phone's web view, so it sees WeChat's user agent.
  sandbox.use((req, _res, next) => {
    if (req.path.startsWith('/connect/')) asWebView(req, native)
    next()
  })
  sandbox.use(platformRoutes(platform))
  sandbox.use((_req, res) => void res.status(404).json({ error: 'The sandbox has nothing here.' }))
  return app.use(SANDBOX_PATH, sandbox)
}

const BROWSER_FILES = ['phone', 'shareSheet', 'chat', 'inspector', 'words', 'elements']

function phoneState(platform: Platform, native: NativeApp, req: IncomingMessage) {
  const { people, account } = platform
  const cookie = new RegExp(`${PERSON_COOKIE}=([\\w-]+)`).exec(req.headers.cookie ?? '')?.[1]
  const person = people.find(({ id }) => id === cookie)?.id ?? people[0].id
  return {
    os: native.device.os,
    person,
    people,
    account: { name: account.name, appId: account.appId, jsDomains: account.jsDomains },
  }
}

/** A person typed the address or followed a link to it; a real WeChat is never shown a phone inside a phone. */
function isVisit(req: IncomingMessage): boolean {
  const toWeChat = /micromessenger/i.test(req.headers['user-agent'] ?? '')
  return req.method === 'GET' && req.headers['sec-fetch-dest'] === 'document' && !toWeChat
}

function asWebView(req: IncomingMessage, native: NativeApp): void {
  if (!/micromessenger/i.test(req.headers['user-agent'] ?? ''))
    req.headers['user-agent'] = userAgentOf(native.device)
  // The page of a frame is read and written to on its way, so it must come as text.
  if (req.headers['sec-fetch-dest'] === 'iframe') req.headers['accept-encoding'] = 'identity'
}

function passOn(answer: IncomingMessage, req: IncomingMessage, res: ServerResponse): void {
  const isPage =
    req.headers['sec-fetch-dest'] === 'iframe' && /^text\/html\b/.test(answer.headers['content-type'] ?? '')
  if (!isPage) {
    res.writeHead(answer.statusCode ?? 502, answer.headers)
    return void answer.pipe(res)
  }
  const chunks: Buffer[] = []
  answer.on('data', (chunk: Buffer) => chunks.push(chunk))
  answer.on('error', () => res.destroy())
  answer.on('end', () => {
    const html = Buffer.concat(chunks).toString('utf8')
    const body = Buffer.from(
      html.replace(/<head[^>]*>/i, (head) => `${head}<script src="${SANDBOX_PATH}/bridge.js"></script>`),
    )
    const { etag: _, ...headers } = answer.headers
    res.writeHead(answer.statusCode ?? 502, { ...headers, 'content-length': body.length })
    res.end(body)
  })
}

function sayUnreachable(res: unknown, siteUrl: string): void {
  if (!isResponse(res) || res.headersSent) return
  res.writeHead(502, { 'content-type': 'text/plain; charset=utf-8' })
  res.end(`The site at ${siteUrl} does not answer yet. Reload in a moment.\n`)
}

const isResponse = (res: unknown): res is ServerResponse =>
  typeof res === 'object' && res !== null && 'writeHead' in res

const phoneFile = (name: string): string => readFileSync(new URL(`./${name}`, import.meta.url), 'utf8')

function parseJson(text: unknown): unknown {
  try {
    return JSON.parse(String(text))
  } catch {
    return undefined
  }
}
