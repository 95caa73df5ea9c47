import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import type { RequestHandler } from 'express'
import helmet, { type HelmetOptions } from 'helmet'

export interface PageOrigins {
  publicUrl: string
  production: boolean
  /** Where the JS-SDK comes from. */
  wechat: { jssdkUrls: readonly string[] }
}

/** Sets the headers that protect an answer. Helmet decides once what they are: they are the same for every request. */
export function securityHeaders(env: PageOrigins): RequestHandler {
  const request = new IncomingMessage(new Socket())
  const response = new ServerResponse(request)
  helmet(optionsOf(env))(request, response, () => undefined)
  const headers = new Map(Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)]))
  return (_req, res, next) => {
    res.setHeaders(headers)
    next()
  }
}

// What pages may load: our own files, WeChat's script and the pictures of people and of the site.
function optionsOf(env: PageOrigins): HelmetOptions {
  const scripts = [...new Set(env.wechat.jssdkUrls.map(sourceOf))]
  const https = env.publicUrl.startsWith('https:')
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'self'"],
        objectSrc: ["'none'"],
        // Not their whole hosts, on which much else lies. The script loads no other one.
        scriptSrc: ["'self'", ...scripts],
        // WeChat draws its open tags with inline styles.
        styleSrc: ["'self'", "'unsafe-inline'"],
        // Avatars come from changing hosts of WeChat; its script reports to open.weixin.qq.com by a picture.
        // Pictures that a person chose have addresses of the app: wxlocalresource: on iOS, weixin: on Android.
        imgSrc: [
          ...["'self'", 'data:', 'blob:', 'https:', 'wxlocalresource:', 'weixin:'],
          ...(https ? [] : ['http:']),
        ],
        // Older clients carry the calls of the JS-SDK in frames with addresses of the app.
        frameSrc: ["'self'", 'weixin:', 'weixinping:'],
        connectSrc: ["'self'"],
        // Vite's client waits for a restarted server in a worker.
        ...(env.production ? {} : { workerSrc: ["'self'", 'blob:'] }),
      },
    },
    referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
    strictTransportSecurity: https,
  }
}

// A policy knows no query, and these two letters would end the source or the directive.
function sourceOf(url: string): string {
  const { origin, pathname } = new URL(url)
  return origin + pathname.replaceAll(';', '%3B').replaceAll(',', '%2C')
}
