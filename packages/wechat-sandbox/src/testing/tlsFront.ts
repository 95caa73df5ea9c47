import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { ServerResponse } from 'node:http'
import { createProxyServer } from 'http-proxy-3'

export interface TlsFront {
  /**
   * Arguments that make Chromium find these hosts here, on port 443, and no other host but localhost: a page under
   * test reaches neither WeChat nor anybody else.
   */
  readonly chromiumArgs: string[]
  /** Where it listens, on this machine. */
  readonly port: number
  close(): Promise<void>
}

/**
 * An HTTPS server for real host names, since a WeChat page knows only hosts on ports 80 and 443. It ends TLS and
 * passes on with `X-Forwarded-Proto`, as a proxy in production does.
 *
 * The certificate's key is in this repository and so worth nothing; Playwright ignores certificate errors.
 *
 * @param hosts where each host's requests go, e.g. `{ 'h5.example.com': 'http://127.0.0.1:3000' }`
 */
export async function startTlsFront(hosts: Record<string, string>): Promise<TlsFront> {
  const proxy = createProxyServer({ xfwd: true })
  proxy.on('error', (_error, _req, res) => {
    if ('writeHead' in res) (res as ServerResponse).writeHead(502).end()
  })
  const tls = { key: readTls('key.pem'), cert: readTls('cert.pem') }
  const server = createServer(tls, (req, res) => {
    const target = hosts[req.headers.host ?? '']
    if (target) proxy.web(req, res, { target })
    else res.writeHead(404).end()
  })
  server.on('upgrade', (req, socket, head) => {
    const target = hosts[req.headers.host ?? '']
    if (target) proxy.ws(req, socket, head, { target })
    else socket.destroy()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const rules = Object.keys(hosts).map((host) => `MAP ${host}:443 127.0.0.1:${port}`)
  return {
    port,
    chromiumArgs: [`--host-resolver-rules=${[...rules, 'MAP * ~NOTFOUND', 'EXCLUDE localhost'].join(', ')}`],
    async close() {
      server.closeAllConnections()
      server.close()
      proxy.close()
      await once(server, 'close')
    },
  }
}

const readTls = (name: string): string => readFileSync(new URL(`./tls/${name}`, import.meta.url), 'utf8')
