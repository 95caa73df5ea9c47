import { randomUUID } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import helmet from 'helmet'
import type { Logger } from 'pino'
import { checkPageUrl, type Wechat } from 'wechat-core'
import type { Env } from '../env.ts'
import { securityHeaders } from '../http/securityHeaders.ts'

const ROUTE = '/api/wechat/signature?url='

/**
 * Answers the plain, successful `GET /api/wechat/signature?url=` before Express sees it: the one route that every page
 * of every visitor may ask for. Everything else about it (refusals, `refresh=1`, failures of WeChat) goes on to
 * `signature.ts`, which stays the place where the route is defined; a test holds both to the same answers.
 */
export function fastSignature(parts: {
  env: Env
  wechat: Wechat
  log: Logger
  app: RequestListener
}): RequestListener {
  const { env, wechat, log, app } = parts
  const headers = {
    ...headersOf(env),
    'cache-control': 'no-store',
    'content-type': 'application/json; charset=utf-8',
  }

  return (req, res) => {
    const url = req.method === 'GET' ? pageUrlOf(req, env) : undefined
    if (url === undefined) return app(req, res)
    wechat.sign(url).then(
      (signed) => {
        const body = JSON.stringify(signed)
        const id = randomUUID()
        res.writeHead(200, {
          ...headers,
          'x-request-id': id,
          'content-length': Buffer.byteLength(body),
        })
        res.end(body)
        log.debug({ req: { id } }, 'GET /api/wechat/signature 200')
      },
      () => app(req, res), // it fails there again, is told and logged
    )
  }
}

// Undefined for whatever is not one single, allowed url parameter.
function pageUrlOf(req: IncomingMessage, env: Env): string | undefined {
  const path = req.url ?? ''
  if (!path.startsWith(ROUTE) || path.includes('&')) return undefined
  try {
    return checkPageUrl(
      decodeURIComponent(path.slice(ROUTE.length).replaceAll('+', ' ')),
      env.wechat.jsDomains,
    )
  } catch {
    return undefined
  }
}

// Helmet decides what every answer carries; it is asked once.
function headersOf(env: Env): Record<string, string> {
  const headers: Record<string, string> = {}
  const response = {
    setHeader: (name: string, value: string) => void (headers[name.toLowerCase()] = value),
    removeHeader: (name: string) => void delete headers[name.toLowerCase()],
  }
  helmet(securityHeaders(env))({} as IncomingMessage, response as unknown as ServerResponse, () => undefined)
  return headers
}
