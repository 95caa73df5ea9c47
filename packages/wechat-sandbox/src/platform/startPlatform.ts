import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import express from 'express'
import { createPlatform, type Platform, type PlatformOptions } from './platform.ts'
import { platformRoutes } from './routes.ts'

export interface RunningPlatform extends Platform {
  /** Address of the API, for `WECHAT_API_URL`. */
  readonly url: string
  close(): Promise<void>
}

/** The platform's addresses alone, without a phone: what the server of a site asks. Not yet listening. */
export function createApiServer(platform: Platform): Server {
  return createServer(express().disable('x-powered-by').use(platformRoutes(platform)))
}

/**
 * Starts the platform on a free port of this machine.
 *
 * @example const platform = await startPlatform({ siteOrigin: 'https://h5.example.com' })
 */
export async function startPlatform(options: PlatformOptions): Promise<RunningPlatform> {
  const platform = createPlatform(options)
  const server = createApiServer(platform)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the platform has no port')
  return {
    ...platform,
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      platform.push.close()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
