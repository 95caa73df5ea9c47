import { randomUUID } from 'node:crypto'
import type { RequestHandler } from 'express'
import { pino, type DestinationStream, type Logger } from 'pino'
import { pinoHttp } from 'pino-http'
import { errorDescriber } from './describeError.ts'

const LONGEST_PATH = 200

/** Log lines as JSON in production, readable in development. */
export function createLog(
  env: { logLevel: string; production: boolean },
  destination?: DestinationStream,
): Logger {
  const options = { level: env.logLevel, serializers: { err: errorDescriber() } }
  if (env.production) return destination ? pino(options, destination) : pino(options)
  return pino({
    ...options,
    transport: {
      target: 'pino-pretty',
      options: { ignore: 'pid,hostname,req,wechat', translateTime: 'HH:MM:ss' },
    },
  })
}

/**
 * One line a request, which names its path once, with an id that the answer carries as X-Request-Id. The query is left out: it may hold an OAuth
 * code or state. Headers and cookies are left out as well.
 */
export function requestLog(log: Logger): RequestHandler {
  return pinoHttp({
    logger: log,
    wrapSerializers: false,
    genReqId(_req, res) {
      const id = randomUUID()
      res.setHeader('x-request-id', id)
      return id
    },
    customLogLevel: (_req, res) =>
      res.statusCode >= 500 ? 'error' : res.statusCode >= 400 ? 'warn' : 'debug',
    customSuccessMessage: (req, res, time) =>
      `${req.method} ${pathOf(req)} ${res.writableFinished ? res.statusCode : 'broken off'} ${Math.round(time)} ms`,
    customErrorMessage: (req, res) => `${req.method} ${pathOf(req)} ${res.statusCode}`,
    serializers: {
      req: ({ id }: { id: string }) => ({ id }),
      res: (res: { statusCode: number }) => ({ status: res.statusCode }),
      err: errorDescriber(),
    },
  })
}

function pathOf(req: object): string {
  if (!('originalUrl' in req) || typeof req.originalUrl !== 'string') return '-'
  return shortened(req.originalUrl.split('?', 1)[0] ?? '')
}

/** What a stranger wrote, no longer than a line: whole, it would be a way to fill a disk. */
export function shortened(text: string): string {
  return text.length > LONGEST_PATH ? `${text.slice(0, LONGEST_PATH)}…` : text
}
