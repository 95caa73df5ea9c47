import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { createProxyServer } from 'http-proxy-3'
import { userAgentOf } from '../native/device.ts'
import type { NativeApp } from '../native/nativeApp.ts'
import { SANDBOX_PATH } from '../sandboxPath.ts'

/** The way to the site: as WeChat's web view would ask, and with the bridge as the first script of a framed page. */
export interface SiteProxy {
  /** As any browser would ask, with nothing of WeChat. */
  bare(req: IncomingMessage, res: ServerResponse): void
  web(req: IncomingMessage, res: ServerResponse): void
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void
  close(): void
}

/** @param onAnswer told of every answer of the site, before it is passed on */
export function createSiteProxy(
  siteUrl: string,
  native: NativeApp,
  onAnswer: (answer: IncomingMessage) => void,
): SiteProxy {
  const proxy = createProxyServer({ target: siteUrl, ws: true, xfwd: false, selfHandleResponse: true })
  proxy.on('proxyRes', (answer, req, res) => {
    onAnswer(answer)
    passOn(answer, req, res as ServerResponse)
  })
  proxy.on('error', (_error, _req, res) => sayUnreachable(res, siteUrl))
  return {
    bare: (req, res) => proxy.web(req, res),
    web(req, res) {
      asWebView(req, native)
      proxy.web(req, res)
    },
    upgrade: (req, socket, head) => proxy.ws(req, socket as never, head),
    close: () => void proxy.close(),
  }
}

/** A person typed the address or followed a link to it; a real WeChat is never shown a phone inside a phone. */
export function isVisit(req: IncomingMessage): boolean {
  const toWeChat = /micromessenger/i.test(req.headers['user-agent'] ?? '')
  return req.method === 'GET' && req.headers['sec-fetch-dest'] === 'document' && !toWeChat
}

/** Makes the request look as if the phone's web view had sent it. */
export function asWebView(req: IncomingMessage, native: NativeApp): void {
  if (!/micromessenger/i.test(req.headers['user-agent'] ?? ''))
    req.headers['user-agent'] = userAgentOf(native.device)
  if (req.headers['sec-fetch-dest'] !== 'iframe') return
  // The page of a frame is read and written to on its way, so it must come as text.
  req.headers['accept-encoding'] = 'identity'
  framed.add(req)
}

/** Requests of the phone's own frame, whose pages get the bridge. */
const framed = new WeakSet<IncomingMessage>()

function passOn(answer: IncomingMessage, req: IncomingMessage, res: ServerResponse): void {
  const isPage = framed.has(req) && /^text\/html\b/.test(answer.headers['content-type'] ?? '')
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
    // It is another text now, of a known length.
    const { etag: _, 'transfer-encoding': __, ...headers } = answer.headers
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
