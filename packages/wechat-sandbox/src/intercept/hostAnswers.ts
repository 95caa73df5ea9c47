import type { RequestListener } from 'node:http'
import express, { type RequestHandler } from 'express'
import type { Platform } from '../platform/platform.ts'
import { apiRoutes, pageRoutes } from '../platform/routes.ts'
import { refusePay } from './payRefusal.ts'
import type { HostKind } from './wechatHosts.ts'

/** What answers at each kind of WeChat's hosts. */
export function hostAnswers(platform: Platform): Record<HostKind, RequestListener> {
  return {
    api: answering(apiRoutes(platform)),
    open: answering(pageRoutes(platform)),
    // Of the console's host a site needs the picture of a QR code, and of the files Tencent's script.
    mp: answering(only(/^\/cgi-bin\/showqrcode$/), pageRoutes(platform)),
    files: answering(only(/^\/open\/js\//), pageRoutes(platform)),
    pay: answering(refusePay),
  }
}

function answering(...handlers: RequestHandler[]): RequestListener {
  const app = express().disable('x-powered-by')
  return app.use(...handlers, (req, res) => {
    res
      .status(404)
      .type('text/plain')
      .send(`The WeChat sandbox has no ${req.path.slice(0, 200)} at ${req.hostname}.\n`)
  })
}

const only =
  (paths: RegExp): RequestHandler =>
  (req, _res, next) =>
    next(paths.test(req.path) ? undefined : 'router')
