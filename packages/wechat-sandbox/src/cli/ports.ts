import { createServer } from 'node:net'

/** Where browsers may look for `localhost`: what listens at either of them is in the way. */
const LOOPBACK = ['127.0.0.1', '::1']

/** The first port from this one on that nobody has; from 0 on that is any. */
export async function freePortFrom(port: number): Promise<number> {
  if (port === 0) return probe(0, '127.0.0.1')
  for (let next = port; next <= 65_535; next++) if ((await problemWith(next)) === undefined) return next
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
