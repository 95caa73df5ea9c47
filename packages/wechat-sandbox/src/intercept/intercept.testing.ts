import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { createPlatform, type Platform } from '../platform/platform.ts'
import { keepAuthority, type Authority } from './authority/keepAuthority.ts'
import { hostContexts } from './hostContexts.ts'
import { createIntercept, type InterceptOptions } from './interceptProxy.ts'
import { WECHAT_HOSTS } from './wechatHosts.ts'

/** A proxy with an authority of its own. For tests. */
export interface TestIntercept {
  port: number
  platform: Platform
  authority: Authority
  /** A connection to the proxy itself. */
  open(): Socket
  /** A connection through it, once CONNECT was answered with 200. */
  tunnel(host: string, port?: number): Promise<Socket>
  /** TLS over a connection. `servername`: what the handshake names. */
  secure(socket: Socket, servername: string): Promise<TLSSocket>
  close(): void
}

export async function startIntercept(
  options: Pick<InterceptOptions, 'patience'> & { now?: () => number } = {},
): Promise<TestIntercept> {
  const folder = mkdtempSync(join(tmpdir(), 'intercept-'))
  const { now = Date.now, ...rest } = options
  const authority = await keepAuthority(folder, WECHAT_HOSTS, Date.now())
  const platform = createPlatform({ siteOrigin: 'http://localhost:5180' })
  const proxy = createIntercept({ platform, contextOf: hostContexts(authority, now), ...rest })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  const address = proxy.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const open = () => connect(port, '127.0.0.1').on('error', () => undefined)
  return {
    port,
    platform,
    authority,
    open,
    async tunnel(host, to = 443) {
      const socket = open()
      socket.write(`CONNECT ${host}:${to} HTTP/1.1\r\nHost: ${host}:${to}\r\n\r\n`)
      const [answer] = (await once(socket, 'data')) as [Buffer]
      if (!String(answer).startsWith('HTTP/1.1 200 ')) throw new Error(String(answer))
      return socket
    },
    async secure(socket, servername) {
      const secured = connectTls({ socket, servername, ca: authority.certificate })
      await once(secured, 'secureConnect')
      return secured
    },
    close() {
      proxy.closeAll()
      rmSync(folder, { recursive: true })
    },
  }
}

/** Sends text; gives all that comes back until the connection ends, or stays silent after an answer. */
export async function said(socket: Socket, text: string | Buffer): Promise<string> {
  socket.write(text)
  let heard = ''
  socket.on('data', (chunk: Buffer) => (heard += String(chunk)))
  await Promise.race([once(socket, 'close'), once(socket, 'end')]).catch(() => undefined)
  return heard
}
