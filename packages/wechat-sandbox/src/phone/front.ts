import { createServer, type Server } from 'node:http'
import express, { type Router } from 'express'
import { z } from 'zod'
import { bridgeScript } from '../bridge/bridgeScript.ts'
import { device } from '../bridge/device.ts'
import { messageSchema } from '../bridge/messages.ts'
import { createNativeApp } from '../bridge/nativeApp.ts'
import { samplePicture } from '../bridge/samplePictures.ts'
import type { Platform } from '../platform/platform.ts'
import { platformRoutes } from '../platform/routes.ts'
import { ActivityLog } from './activity.ts'
import { controlRoutes } from './control.ts'
import { holderOf } from './holder.ts'
import { phoneAsset, phonePage } from './phoneAssets.ts'
import type { Phone } from './phoneState.ts'
import { SANDBOX_PATH } from './sandboxPath.ts'
import { asWebView, createSiteProxy, isVisit } from './siteProxy.ts'

export interface FrontOptions {
  platform: Platform
  /** Address of the site that is shown on the phone, e.g. `http://127.0.0.1:5174`. */
  siteUrl: string
  /** Requests for the site wait for this, so that who opens the phone early sees the site and not an error. */
  ready?: Promise<unknown>
}

/**
 * A server that stands before a site and shows it on a phone, inside WeChat. A browser that navigates gets the phone;
 * the frame in it gets the site's own page with the bridge as its first script. The site is changed in nothing else.
 */
export function createFront({ platform, siteUrl, ready }: FrontOptions): Server {
  const activity = new ActivityLog(platform)
  const native = createNativeApp({
    platform,
    device: device('ios'),
    answering: undefined, // the person at the phone does
    onCall: (call) => activity.note({ kind: 'bridge', call }),
  })
  const phone: Phone = { platform, native, activity, look: { fontScale: 1, theme: 'auto' } }
  const site = createSiteProxy(siteUrl, native)

  const app = express().disable('x-powered-by')
  app.use(SANDBOX_PATH, sandboxRoutes(phone))
  app.use(async (req, res) => {
    await ready
    if (isVisit(req)) return void res.set('cache-control', 'no-store').type('html').send(phonePage())
    site.web(req, res)
  })
  const server = createServer(app)
  server.on('upgrade', site.upgrade)
  server.on('close', site.close)
  return server
}

function sandboxRoutes(phone: Phone): Router {
  const { platform, native, look } = phone
  const sandbox = express.Router()

  sandbox.get('/bridge.js', (_req, res) => {
    // The script reports page addresses to Tencent from anything that looks like a phone; a sandbox should not.
    const quiet = { navigatorPlatform: 'MacIntel' }
    const endpoint = `${SANDBOX_PATH}/native`
    const { bridgeArrives } = native.quirks
    const arrival = bridgeArrives === 'as usual' ? {} : { arrival: bridgeArrives }
    const options = { device: native.device, endpoint, fontScale: look.fontScale, ...quiet, ...arrival }
    const script = bridgeScript(options)
    res.set('cache-control', 'no-store').type('text/javascript').send(script)
  })
  sandbox.post('/native', express.text({ type: () => true, limit: '256kb' }), (req, res) => {
    const message = messageSchema.safeParse(parseJson(req.body))
    if (!message.success) return void res.status(400).json({ error: z.prettifyError(message.error) })
    res.json(native.receive(message.data, holderOf(platform, req)) ?? {})
  })
  sandbox.get('/phone/:name', (req, res, next) => {
    const asset = phoneAsset(req.params.name)
    if (!asset) return next()
    res.set('cache-control', 'no-store').type(asset.type).send(asset.text)
  })
  sandbox.get('/pictures/:name.png', (req, res, next) => {
    const picture = samplePicture(req.params['name'] ?? '')
    if (!picture) return next()
    res.set('cache-control', 'max-age=3600').type('png').send(picture)
  })
  sandbox.use('/phone', controlRoutes(phone))

  // The login page is opened by the phone's web view, so it sees WeChat's user agent.
  sandbox.use((req, _res, next) => {
    if (req.path.startsWith('/connect/')) asWebView(req, native)
    next()
  })
  sandbox.use(platformRoutes(platform))
  sandbox.use((_req, res) => void res.status(404).json({ error: 'The sandbox has nothing here.' }))
  return sandbox
}

function parseJson(text: unknown): unknown {
  try {
    return JSON.parse(String(text))
  } catch {
    return undefined
  }
}
