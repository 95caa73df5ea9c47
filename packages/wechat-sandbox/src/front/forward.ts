import {
  request as requestHttp,
  type ClientRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
} from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP } from 'node:net'
import type { Duplex } from 'node:stream'
import type { TLSSocket } from 'node:tls'
import { isNearby } from './siteAddress.ts'

/** Sends a browser's request on to the site. It has neither a body nor an end yet. */
export function forward(req: IncomingMessage, siteUrl: URL, headers: OutgoingHttpHeaders): ClientRequest {
  const send = siteUrl.protocol === 'https:' ? requestHttps : requestHttp
  const request = send({
    hostname: siteUrl.hostname.replace(/^\[|\]$/g, ''),
    port: siteUrl.port,
    method: req.method,
    path: req.url,
    // A body of unknown length is sent on in pieces, whatever the method.
    headers:
      req.headers['transfer-encoding'] === undefined
        ? headers
        : { ...headers, 'transfer-encoding': 'chunked' },
    agent: false,
    rejectUnauthorized: false, // below
    // The name that the certificate is asked for; an address is none.
    ...(isIP(siteUrl.hostname) || siteUrl.hostname.startsWith('[') ? {} : { servername: siteUrl.hostname }),
  })
  // A site on somebody's desk has a certificate of its own, a site in the world a real one.
  request.once('socket', (socket: TLSSocket) =>
    socket.once('secureConnect', () => {
      if (!socket.authorized && !isNearby(socket.remoteAddress ?? ''))
        request.destroy(new Error(`its certificate is not valid: ${String(socket.authorizationError)}`))
    }),
  )
  return request
}

/** Sends a request that wants another protocol (a web socket) on, and joins both ends once the site has agreed. */
export function forwardUpgrade(
  req: IncomingMessage,
  {
    socket,
    head,
    siteUrl,
    headers,
  }: { socket: Duplex; head: Buffer; siteUrl: URL; headers: OutgoingHttpHeaders },
): void {
  const request = forward(req, siteUrl, { ...headers, connection: 'Upgrade', upgrade: req.headers.upgrade })
  const end = () => socket.destroy()
  socket.on('error', () => request.destroy())
  request.on('error', end)
  request.on('upgrade', (answer, site, siteHead) => {
    socket.write(headOf(answer))
    socket.write(siteHead)
    site.write(head)
    site.on('error', end).on('close', end)
    socket.on('error', () => site.destroy()).on('close', () => site.destroy())
    site.pipe(socket).pipe(site)
  })
  request.on('response', (answer) => {
    // Of a body in pieces only the pieces come through: its end is the end of the connection.
    socket.write(headOf(answer, ['transfer-encoding', 'connection']))
    answer.pipe(socket)
  })
  request.end()
}

// RFC 9110 7.6.1: they are about one connection, not about the message.
const OF_THE_CONNECTION = [
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]

/** The headers of a message without those of its connection. */
export function endToEnd(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const named = (headers.connection ?? '').toLowerCase().split(/\s*,\s*/)
  const dropped = new Set([...OF_THE_CONNECTION, 'expect', ...named])
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !dropped.has(name)))
}

function headOf({ statusCode, statusMessage, rawHeaders }: IncomingMessage, without: string[] = []): string {
  const lines = rawHeaders.flatMap((name, at) =>
    at % 2 === 0 && !without.includes(name.toLowerCase()) ? `${name}: ${rawHeaders[at + 1]}\r\n` : [],
  )
  return `HTTP/1.1 ${statusCode} ${statusMessage}\r\n${lines.join('')}\r\n`
}
