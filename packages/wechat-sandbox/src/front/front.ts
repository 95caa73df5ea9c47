import { createServer, type Server } from 'node:http'
import express, { type Router } from 'express'
import { z } from 'zod'
import { bridgeScript } from '../native/bridgeScript.ts'
import { device } from '../native/device.ts'
import { messageSchema } from '../native/messages.ts'
import { createNativeApp } from '../native/nativeApp.ts'
import type { Quirks } from '../native/quirks.ts'
import { samplePicture } from '../native/samplePictures.ts'
import type { Platform } from '../platform/platform.ts'
import { apiRoutes, pageRoutes } from '../platform/routes.ts'
import { createAccess, OWN_MACHINE, type Access } from './access.ts'
import { ActivityLog } from '../phone/activity.ts'
import { controlRoutes } from '../phone/control.ts'
import { holderOf } from '../phone/holder.ts'
import { phoneAsset, phonePage } from '../phone/phoneAssets.ts'
import type { Phone } from '../phone/phoneState.ts'
import { createSavePush } from './savePush.ts'
import { SANDBOX_PATH } from '../sandboxPath.ts'
import { asWebView, createSiteProxy, isVisit } from './siteProxy.ts'
import { createTicketCheck } from '../phone/ticketCheck.ts'

export interface FrontOptions {
  platform: Platform
  /** Address of the site that is shown on the phone, e.g. `http://127.0.0.1:5174`. */
  siteUrl: string
  /** Requests for the site wait for this, so that who opens the phone early sees the site and not an error. */
  ready?: Promise<unknown>
  /**
   * Opens the phone under other names than this machine's own, such as a tunnel's: as `?wechat_key=…` once, then as a
   * cookie. Letters, digits, - and _. Without it nothing but the bare site is seen there.
   */
  key?: string
  /** Language of the phone and of the login page. Default: the browser's. */
  language?: 'en' | 'zh' | undefined
  /** What is only believed of the app, switched. */
  quirks?: Partial<Quirks>
  /** Whether others reach it, through a tunnel say. Default: whether the site's origin is not on this machine. */
  isPublic?: boolean
}

/**
 * A server that stands before a site and shows it on a phone, inside WeChat. A browser that navigates gets the phone;
 * the frame in it gets the site's own page with the bridge as its first script. The site is changed in nothing else,
 * and strangers, who come through a tunnel without the key, get it as it is.
 */
export function createFront(options: FrontOptions): Server {
  const { platform, siteUrl, ready, key, isPublic, language } = options
  const activity = new ActivityLog(platform)
  const ticketCheck = createTicketCheck(platform.clock)
  const native = createNativeApp({
    platform,
    device: device('ios'),
    answering: undefined, // the person at the phone does
    onLoad: (load) => activity.note({ kind: 'page', ...load }),
    onCall: (call) => activity.note({ kind: 'bridge', call, ticketCheckAt: ticketCheck.next }),
  })
  Object.assign(native.quirks, options.quirks)
  const phone: Phone = { platform, native, activity, ticketCheck, look: { fontScale: 1, theme: 'auto' } }
  const site = createSiteProxy(siteUrl, native, ticketCheck.hear)

  const isTunneled = !OWN_MACHINE.test(new URL(platform.siteOrigin).hostname)
  const access = createAccess({ key, isPublic: isPublic ?? isTunneled })
  const app = express().disable('x-powered-by')
  app.use(access.admit)
  app.use(SANDBOX_PATH, sandboxRoutes(phone, access, { siteUrl, language }))
  app.use(async (req, res) => {
    await ready
    const isStranger = access.standingOf(req) === 'stranger'
    access.hideKey(req)
    if (isStranger) return site.bare(req, res)
    if (isVisit(req)) return void res.set('cache-control', 'no-store').type('html').send(phonePage(language))
    site.web(req, res)
  })
  const server = createServer(app)
  server.on('upgrade', (req, socket, head) => {
    access.hideKey(req)
    site.upgrade(req, socket, head)
  })
  return server
}

// What stands before the guard is for everybody. The order alone decides, so that no spelling of a path gets around it.
function sandboxRoutes(
  phone: Phone,
  access: Access,
  { siteUrl, language }: Pick<FrontOptions, 'siteUrl' | 'language'>,
): Router {
  const { platform, native, look } = phone
  const sandbox = express.Router()

  sandbox.get('/pictures/:name.png', (req, res, next) => {
    const picture = samplePicture(req.params['name'] ?? '')
    if (!picture) return next()
    res.set('cache-control', 'max-age=3600').type('png').send(picture)
  })
  // The login page is opened by the phone's web view, so it sees WeChat's user agent.
  sandbox.use('/connect', (req, _res, next) => {
    if (access.standingOf(req) !== 'stranger') asWebView(req, native)
    if (language) req.headers['accept-language'] = language
    next()
  })
  sandbox.use(pageRoutes(platform))

  sandbox.use(access.guard)
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
  sandbox.use('/phone', controlRoutes(phone, createSavePush({ platform, siteUrl, access })))
  sandbox.use(apiRoutes(platform))
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
