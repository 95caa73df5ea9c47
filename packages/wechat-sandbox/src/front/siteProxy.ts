import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { userAgentOf } from '../native/device.ts'
import type { NativeApp } from '../native/nativeApp.ts'
import { queryOf } from '../phone/phones.ts'
import type { Phone } from '../phone/phoneState.ts'
import { SANDBOX_PATH } from '../sandboxPath.ts'
import { endToEnd, forward, forwardUpgrade } from './forward.ts'
import { isPage, sendFramed, sendWorker } from './framedPage.ts'
import type { Leads } from './leads.ts'
import { isOwnMachine } from './siteAddress.ts'

/** The way to the site: as WeChat's web view would ask, and with the bridge as the first script of a framed page. */
export interface SiteProxy {
  /** As any browser would ask, with nothing of WeChat. */
  bare(req: IncomingMessage, res: ServerResponse): void
  /** @param phone whose web view asks */
  web(req: IncomingMessage, res: ServerResponse, phone: Phone): void
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void
}

/** @param onAnswer told of every answer of the site, as it is passed on, and to what path it is */
export function createSiteProxy(
  address: string,
  leads: Leads,
  onAnswer: (answer: IncomingMessage, path: string) => void,
): SiteProxy {
  const siteUrl = new URL(address)
  return {
    bare: (req, res) => send(req, res),
    web(req, res, phone) {
      asWebView(req, phone.native)
      send(req, res, phone)
    },
    upgrade: (req, socket, head) =>
      forwardUpgrade(req, { socket, head, siteUrl, headers: askedHeaders(req, siteUrl) }),
  }

  function send(req: IncomingMessage, res: ServerResponse, phone?: Phone): void {
    const headers = askedHeaders(req, siteUrl)
    const request = forward(req, siteUrl, headers)
    request.on('error', (error) => sayUnreachable(res, siteUrl, error))
    request.on('response', (answer) => {
      if (!isOwnMachine(siteUrl.hostname)) takeDomainOff(answer)
      onAnswer(answer, req.url ?? '/')
      passOn(answer, req, { res, phone })
    })
    res.once('close', () => request.destroy())
    req.pipe(request)
  }

  function passOn(
    answer: IncomingMessage,
    req: IncomingMessage,
    { res, phone }: { res: ServerResponse; phone: Phone | undefined },
  ): void {
    const headers = answeredHeaders(answer, siteUrl, (to) => leads.lead(to, req.headers.host))
    answer.on('error', () => res.destroy())
    const asItIs = (start?: Buffer) => {
      res.writeHead(answer.statusCode ?? 502, answer.statusMessage ?? '', headers)
      if (start) res.write(start)
      answer.pipe(res)
    }
    const isWorker = phone !== undefined && req.headers['service-worker'] === 'script'
    if (!phone || (!isWorker && !isFramed(req))) return asItIs()
    // What it is, its first bytes tell; an answer without any is no page.
    answer.once('end', asItIs)
    answer.once('data', (start: Buffer) => {
      answer.off('end', asItIs).pause()
      const path = `${SANDBOX_PATH}/bridge.js${queryOf(phone.name)}`
      const tag = { path, origin: originOf(req), besides: leads.scriptPaths }
      if (isWorker) sendWorker(answer, start, { res, headers })
      else if (isPage(answer, start)) sendFramed(answer, start, { res, headers, tag })
      else asItIs(start)
    })
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
  // What is read on its way comes soonest as it is.
  if (isFramed(req) || req.headers['service-worker'] === 'script') req.headers['accept-encoding'] = 'identity'
  // WeChat opens pages from nowhere; where the phone opens them from is the sandbox's own affair.
  if (isFromSandbox(req)) delete req.headers.referer
}

/** Whether the phone's own frame asks, whose pages get the bridge. */
const isFramed = ({ headers }: IncomingMessage): boolean => headers['sec-fetch-dest'] === 'iframe'

const isFromSandbox = ({ headers: { referer = '' } }: IncomingMessage): boolean =>
  URL.canParse(referer) && new URL(referer).pathname.startsWith(`${SANDBOX_PATH}/phone/`)

// A site on this machine is asked by the name that the browser has, so that its own addresses lead back here; a site
// elsewhere knows only its own name.
function askedHeaders({ headers }: IncomingMessage, siteUrl: URL): OutgoingHttpHeaders {
  const asked = endToEnd(headers)
  if (isOwnMachine(siteUrl.hostname)) return asked
  const renamed = (text: string | undefined) =>
    text !== undefined && URL.canParse(text) && new URL(text).host === headers.host
      ? text.replace(new URL(text).origin, siteUrl.origin)
      : text
  const { origin, referer } = headers
  return {
    ...asked,
    host: siteUrl.host,
    ...(origin === undefined ? {} : { origin: renamed(origin) }),
    ...(referer === undefined ? {} : { referer: renamed(referer) }),
  }
}

function answeredHeaders(
  answer: IncomingMessage,
  siteUrl: URL,
  lead: (address: string) => string,
): OutgoingHttpHeaders {
  const headers = endToEnd(answer.headers)
  const { location, refresh } = answer.headers
  if (location !== undefined) headers['location'] = lead(location)
  if (typeof refresh === 'string')
    headers['refresh'] = refresh.replace(
      /(url\s*=\s*["']?)([^"']+)/i,
      (_whole, start: string, address: string) => {
        return start + lead(address)
      },
    )
  return headers
}

// The browser has the site under another name, for which a cookie of the site's own domain would not do.
function takeDomainOff({ headers }: IncomingMessage): void {
  const cookies = headers['set-cookie']
  if (cookies) headers['set-cookie'] = cookies.map((cookie) => cookie.replace(/;\s*domain=[^;]*/gi, ''))
}

/** The origin at which the browser has the site. */
export const originOf = ({ headers }: IncomingMessage): string =>
  `${[headers['x-forwarded-proto']].flat()[0] === 'https' ? 'https' : 'http'}://${headers.host}`

function sayUnreachable(res: ServerResponse, siteUrl: URL, error: NodeJS.ErrnoException): void {
  if (res.headersSent || res.destroyed) return void res.destroy()
  const reason =
    error.code === 'ECONNREFUSED'
      ? 'does not answer yet. Reload in a moment.'
      : `cannot be reached: ${error.message || String(error.code)}.`
  res.writeHead(502, { 'content-type': 'text/plain; charset=utf-8' })
  res.end(`The site at ${siteUrl.origin} ${reason}\n`)
}
