import { createServer } from 'node:net'

/** Whether nobody listens there. */
export function isFree(port: number): Promise<boolean> {
  return freePort(port).then(
    () => true,
    () => false,
  )
}

/** The port itself if nobody has it; 0 asks for any. */
export function freePort(port = 0): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer()
    probe.once('error', fail)
    probe.listen(port, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => done(typeof address === 'object' && address ? address.port : port))
    })
  })
}

/** The next free port from this one on that browsers open. */
export async function nextPort(port: number): Promise<number> {
  while (!(await isFree(port)) || (await isBlocked(port))) port++
  return port
}

/** Whether browsers refuse the port, as they do with 6000 (X11): Node's own fetch keeps the same list. */
export async function isBlocked(port: number): Promise<boolean> {
  const refusal: unknown = await fetch(`http://127.0.0.1:${port}/`, { method: 'HEAD' }).then(
    () => undefined,
    (error: Error) => error.cause,
  )
  return refusal instanceof Error && refusal.message === 'bad port'
}
