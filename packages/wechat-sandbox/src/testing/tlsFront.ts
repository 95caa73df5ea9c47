import { createHash, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http'
import { endToEnd, forward, forwardUpgrade } from '../front/forward.ts'
import { sourceFile } from '../sourceFile.ts'

export interface TlsFront {
  /**
   * Arguments that make Chromium find these hosts here, on port 443, and no other but localhost and 127.0.0.1: a page
   * under test reaches neither WeChat nor anybody else. They also make it trust the certificate: where Playwright ignores
   * the errors of a context, a download over a new connection still ends with one.
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
 * The certificate's key is in this repository and so worth nothing; only a browser with these arguments takes it.
 *
 * @param hosts where each host's requests go, e.g. `{ 'h5.example.com': 'http://127.0.0.1:3000' }`
 */
export async function startTlsFront(hosts: Record<string, string>): Promise<TlsFront> {
  const tls = { key: readTls('key.pem'), cert: readTls('cert.pem') }
  const server = createServer(tls, (req, res) => {
    const target = hosts[req.headers.host ?? '']
    if (!target) return void res.writeHead(404).end()
    const request = forward(req, new URL(target), forwardedHeaders(req))
    request.on('error', () => (res.headersSent ? res.destroy() : res.writeHead(502).end()))
    request.on('response', (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.statusMessage ?? '', endToEnd(answer.headers))
      answer.on('error', () => res.destroy()).pipe(res)
    })
    res.once('close', () => request.destroy())
    req.pipe(request)
  })
  server.on('upgrade', (req, socket, head) => {
    const target = hosts[req.headers.host ?? '']
    if (!target) return void socket.destroy()
    forwardUpgrade(req, { socket, head, siteUrl: new URL(target), headers: forwardedHeaders(req) })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const rules = Object.keys(hosts).map((host) => `MAP ${host}:443 127.0.0.1:${port}`)
  return {
    port,
    chromiumArgs: [
      `--host-resolver-rules=${[...rules, 'MAP * ~NOTFOUND', 'EXCLUDE localhost', 'EXCLUDE 127.0.0.1'].join(', ')}`,
      `--ignore-certificate-errors-spki-list=${fingerprintOf(tls.cert)}`,
    ],
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

// As a proxy in production says whom it speaks for.
function forwardedHeaders(req: IncomingMessage): OutgoingHttpHeaders {
  const before = req.headers['x-forwarded-for']
  const from = req.socket.remoteAddress ?? ''
  return {
    ...endToEnd(req.headers),
    'x-forwarded-for': before === undefined ? from : `${[before].flat().join(', ')}, ${from}`,
    'x-forwarded-proto': 'https',
    'x-forwarded-host': req.headers.host,
    'x-forwarded-port': '443',
  }
}

/** Of the key in it, as Chromium names keys. */
function fingerprintOf(cert: string): string {
  const key = new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' })
  return createHash('sha256').update(key).digest('base64')
}

const readTls = (name: string): string => readFileSync(sourceFile(`./testing/tls/${name}`), 'utf8')
