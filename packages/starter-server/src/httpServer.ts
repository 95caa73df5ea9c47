import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerOptions,
} from 'node:http'
import { Server as TcpServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** How long it waits for answers that are under way; what is left of ten seconds is for the rest of an end. */
const LONGEST_ANSWER = 7_000
/** How long it waits for the rest of a body. */
const LONGEST_BODY = 2_000
/** How long it waits for a moment at which nobody connects. */
const LONGEST_QUEUE = 2_000

export interface StoppableServer {
  server: Server
  /**
   * Ends without dropping a request: for a moment everything goes on, because balancers still send; then no new
   * connections are taken, open ones end with their next answer, and some time later when they are idle. A front that
   * keeps idle connections for a shorter time than that never sends into one that is being closed.
   */
  stop(): Promise<void>
}

export interface HttpServerOptions {
  /** How long a stopping server goes on as if nothing were; idle connections stay six times as long. Milliseconds. */
  grace: number
  /** How long a stopping server waits for answers that are under way, in milliseconds. Default 7,000. */
  longestAnswer?: number
  /** Other limits than these, for tests. */
  limits?: ServerOptions
}

const LIMITS: ServerOptions = {
  maxHeaderSize: 16_384, // bytes
  headersTimeout: 15_000,
  requestTimeout: 30_000, // headers and body together
  // Longer than proxies keep theirs (nginx: 60 s), so that they don't send into a closing connection.
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 5_000,
}

/** Node's server with limits for slow, endless and oversized requests. */
export function createHttpServer(listener: RequestListener, options: HttpServerOptions): StoppableServer {
  let stopping = false
  const open = new Map<Socket, Set<IncomingMessage>>() // with the requests that are being answered
  const server = createServer({ ...LIMITS, ...options.limits }, (req, res) => {
    if (stopping) res.setHeader('connection', 'close')
    const answering = open.get(req.socket)
    answering?.add(req)
    res.once('close', () => answering?.delete(req))
    listener(req, res)
  })
  server.on('connection', (socket: Socket) => {
    open.set(socket, new Set())
    socket.once('close', () => open.delete(socket))
  })
  // Nothing, or half a head, is not idle to Node, which waits for the rest of the request; so it does for half a body.
  const closeWaiting = (bodiesToo: boolean) => {
    for (const [socket, answering] of open)
      if ([...answering].every(({ complete }) => bodiesToo && !complete)) socket.destroy()
  }
  server.maxHeadersCount = 100
  server.setTimeout(60_000) // a connection on which nothing moves

  return {
    server,
    async stop() {
      await sleep(options.grace)
      const startedAt = performance.now()
      await nobodyConnects(server)
      // Not by http's own close, which would cut those off that have just been taken and not yet asked.
      const closed = new Promise<void>((done) => TcpServer.prototype.close.call(server, () => done()))
      // Only now: a front whose connections end opens new ones, and none may come while the port is being closed.
      stopping = true
      const closedAt = performance.now()
      // A proxy still sends over the connections that it keeps, and each ends with its answer. What it sends at the moment at
      // which an idle one is closed is lost, and a POST is not sent again: so they get time to be used, or to be
      // closed by the front itself (`keepalive_timeout` in deploy/nginx.conf).
      const sweep = setInterval(() => {
        if (performance.now() - closedAt < 6 * options.grace) return
        server.closeIdleConnections()
        closeWaiting(performance.now() - closedAt > LONGEST_BODY)
      }, options.grace + 10)
      const left = (options.longestAnswer ?? LONGEST_ANSWER) - (closedAt - startedAt)
      await Promise.race([closed, sleep(left, undefined, { ref: false })])
      clearInterval(sweep)
      server.closeAllConnections()
    },
  }
}

/**
 * Waits until the queue of connections is empty. Those that wait in it when the port is closed are reset, and what was sent
 * over them is lost: a front repeats no POST. One is taken in each turn of the event loop.
 */
async function nobodyConnects(server: Server): Promise<void> {
  let taken = 0
  const count = () => void taken++
  server.on('connection', count)
  for (const startedAt = performance.now(); performance.now() - startedAt < LONGEST_QUEUE;) {
    const [before, begun] = [taken, performance.now()]
    await new Promise((done) => setImmediate(done))
    // After a long turn the queue may have filled again since it was looked at.
    if (taken === before && performance.now() - begun < 1) break
  }
  server.off('connection', count)
}
