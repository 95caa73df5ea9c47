import { once } from 'node:events'
import { createServer, get, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http'
import { createPlatform, type Platform } from '../platform/platform.ts'
import { createFront, type FrontOptions } from './front.ts'

export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  bytes: Buffer
  text: string
}

/** A front before a small site of its own. For tests. */
export interface SiteFront {
  url: string
  port: number
  siteUrl: string
  platform: Platform
  get(path: string, headers?: Record<string, string>): Promise<Answer>
  /** As the phone's frame asks. */
  frame(path: string, headers?: Record<string, string>): Promise<Answer>
  close(): void
}

export const BRIDGE_TAG = /<script src="\/__wechat\/bridge\.js[^"]*"[^>]*><\/script>/

/** @param site its request listener, or a server of its own kind */
export async function startSiteFront(
  site: RequestListener | Server,
  options: { siteUrl?: (port: number) => string } & Partial<Omit<FrontOptions, 'siteUrl'>> = {},
): Promise<SiteFront> {
  const { siteUrl: addressOf = (port: number) => `http://127.0.0.1:${port}`, ...rest } = options
  const server = typeof site === 'function' ? createServer(site) : site
  const siteUrl = addressOf(await listen(server))
  const platform = rest.platform ?? createPlatform({ siteOrigin: 'http://localhost:5173' })
  const front = createFront({ platform, siteUrl, ...rest })
  const port = await listen(front)
  const url = `http://localhost:${port}`
  return {
    url,
    port,
    siteUrl,
    platform,
    get: (path, headers = {}) => ask(url + path, headers),
    frame: (path, headers = {}) => ask(url + path, { 'sec-fetch-dest': 'iframe', ...headers }),
    close() {
      for (const one of [front, server]) {
        one.closeAllConnections()
        one.close()
      }
    },
  }
}

export async function listen(server: Server, host = '127.0.0.1'): Promise<number> {
  server.listen(0, host)
  await once(server, 'listening')
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

// fetch may not set sec-fetch-dest; node's own client may.
function ask(url: string, headers: Record<string, string>): Promise<Answer> {
  return new Promise((done, fail) => {
    get(url, { headers, agent: false }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', fail)
      answer.on('end', () => {
        const bytes = Buffer.concat(chunks)
        done({ status: answer.statusCode ?? 0, headers: answer.headers, bytes, text: bytes.toString() })
      })
    }).on('error', fail)
  })
}
