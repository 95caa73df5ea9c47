import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { TLSSocket, type SecureContext } from 'node:tls'
import type { Platform } from '../platform/platform.ts'
import { hostAnswers } from './hostAnswers.ts'
import { targetOfAbsolute, targetOfConnect, targetWithin, type Refusal, type Target } from './target.ts'
import { kindOf } from './wechatHosts.ts'

export interface InterceptOptions {
  platform: Platform
  /** What TLS needs to speak as a host. */
  contextOf: (host: string) => Promise<SecureContext>
  /** Milliseconds that somebody may take for the first byte, a handshake, headers; and for a whole request. */
  patience?: { start: number; request: number }
}

const PATIENCE = { start: 10_000, request: 60_000 }
const CONNECTIONS = 1000
const CLIENT_ERRORS: Record<string, string> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
}
/** The first byte of a TLS handshake; no method of HTTP has it. */
const HANDSHAKE = 0x16

/**
 * An HTTP proxy that answers in the place of WeChat's hosts and passes nothing on: by CONNECT, by requests that name a
 * whole address, and by TLS at once, where the handshake names the host. It is not listening yet; it belongs on
 * 127.0.0.1. Whoever closes it calls `closeAll`.
 */
export function createIntercept(options: InterceptOptions): Server & { closeAll(): void } {
  const { platform, contextOf, patience = PATIENCE } = options
  const answers = hostAnswers(platform)
  /** The host that a connection was made to; one to the proxy itself has none. */
  const targets = new WeakMap<Duplex, Target>()

  const http = createServer({
    headersTimeout: patience.start,
    requestTimeout: patience.request,
    connectionsCheckingInterval: patience.start / 2,
    insecureHTTPParser: false,
  })
  http.on('request', (req, res) => {
    const target = targets.get(req.socket)
    const address = req.url ?? ''
    const hosts = hostsOf(req)
    const found = target ? targetWithin(target, address, hosts) : targetOfAbsolute(address, hosts)
    if ('status' in found) return refuse(res, found)
    req.url = found.path
    req.headers.host = found.host
    answers[found.kind](req, res)
  })
  http.on('connect', (req: IncomingMessage, socket: Socket, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    // A tunnel leads to a host of WeChat, and from there nowhere.
    const isWithin = targets.has(socket) || socket instanceof TLSSocket
    const target: Target | Refusal = isWithin
      ? { status: 403, text: 'There is no way on from here.' }
      : targetOfConnect(req.url ?? '', hostsOf(req))
    if ('status' in target) return refuseConnect(socket, target)
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
    if (head.length) socket.unshift(head)
    listenTo(socket, target)
  })

  http.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const status = CLIENT_ERRORS[error.code ?? ''] ?? '400 Bad Request'
    if (!socket.writable) return void socket.destroy()
    socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`, () => socket.destroy())
  })
  http.maxConnections = CONNECTIONS

  // What a connection speaks, its first byte tells; only then Node's own listener gets it.
  const listeners = http.listeners('connection')
  const speakHttp = (socket: Duplex) => listeners.forEach((listener) => void listener.call(http, socket))
  const sockets = new Set<Socket>()
  http.removeAllListeners('connection').on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    listenTo(socket, undefined)
  })
  return Object.assign(http, {
    closeAll() {
      http.close()
      for (const socket of sockets) socket.destroy()
    },
  })

  /** Waits for what comes first. @param target whom the connection was made to, by CONNECT */
  function listenTo(socket: Socket, target: Target | undefined): void {
    const giveUp = () => socket.destroy()
    socket.setTimeout(patience.start, giveUp).on('error', giveUp)
    socket.once('data', (start: Buffer) => {
      socket.pause().setTimeout(0).off('timeout', giveUp)
      socket.unshift(start)
      if (start[0] === HANDSHAKE) return void secure(socket, target).catch(giveUp)
      if (target) targets.set(socket, target)
      speakHttp(socket)
      socket.resume()
    })
  }

  async function secure(socket: Socket, target: Target | undefined): Promise<void> {
    const late = setTimeout(() => socket.destroy(), patience.start)
    socket.once('close', () => clearTimeout(late))
    // A client that names no host in its handshake gets the certificate of the one that it wanted to be led to.
    const secureContext = target && (await contextOf(target.host))
    const wrapped = new TLSSocket(socket, {
      isServer: true,
      ALPNProtocols: ['http/1.1'],
      ...(secureContext && { secureContext }),
      SNICallback(name, done) {
        const host = name.toLowerCase()
        const kind = kindOf(host)
        if (!kind || (target && target.host !== host))
          return done(new Error('not the host of this connection'))
        targets.set(wrapped, { host, kind })
        contextOf(host).then((context) => done(null, context), done)
      },
    })
    if (target) targets.set(wrapped, target)
    wrapped.on('error', () => socket.destroy())
    wrapped.once('secure', () => {
      clearTimeout(late)
      if (targets.has(wrapped)) speakHttp(wrapped)
      else socket.destroy()
    })
  }
}

/** Every Host header: Node itself goes by the first and drops the others. */
const hostsOf = ({ rawHeaders }: IncomingMessage): string[] =>
  rawHeaders.filter((_value, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === 'host')

function refuse(res: ServerResponse, { status, text }: Refusal): void {
  res.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' })
  res.end(`${text}\n`)
}

function refuseConnect(socket: Socket, { status, text }: Refusal): void {
  const reasons = { 400: 'Bad Request', 403: 'Forbidden', 421: 'Misdirected Request' }
  const body = `${text}\n`
  socket.end(
    `HTTP/1.1 ${status} ${reasons[status]}\r\ncontent-type: text/plain; charset=utf-8\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  )
}
