import { createServer } from 'node:net'

/** Where browsers may look for `localhost`: what listens at either of them is in the way. */
const LOOPBACK = ['127.0.0.1', '::1']

// Ports of other services, at which no browser asks, and no `fetch` of Node.js: https://fetch.spec.whatwg.org/#port-blocking
const NEVER_ASKED = new Set([
  ...[
    1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679,
    6697,
  ],
  10_080,
])

/** The first port from this one on that nobody has; from 0 on that is any. */
export async function freePortFrom(port: number): Promise<number> {
  if (port === 0) return probe(0, '127.0.0.1')
  for (let next = port; next <= 65_535; next++) {
    if (!NEVER_ASKED.has(next) && (await problemWith(next)) === undefined) return next
  }
  return probe(0, '127.0.0.1')
}

/** Why a port can't be had: the code of the system's error; undefined where it can. */
export async function problemWith(port: number): Promise<string | undefined> {
  for (const host of LOOPBACK) {
    const code = await probe(port, host).then(
      () => undefined,
      (error: NodeJS.ErrnoException) => error.code,
    )
    // A machine without IPv6 has no such address.
    if (code === 'EADDRINUSE' || code === 'EACCES') return code
  }
  return undefined
}

function probe(port: number, host: string): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer()
    server.once('error', fail)
    server.listen(port, host, () => {
      const address = server.address()
      server.close(() => done(typeof address === 'object' && address ? address.port : port))
    })
  })
}
