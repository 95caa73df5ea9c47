import { readFileSync } from 'node:fs'
import express, { type Request, type Router } from 'express'
import { z } from 'zod'
import { bridgeScript } from '../native/bridgeScript.ts'
import { messageSchema } from '../native/messages.ts'
import { samplePicture } from '../native/samplePictures.ts'
import { answerErrors, controlRoutes } from '../phone/control.ts'
import { holderOf } from '../phone/holder.ts'
import type { Orders } from '../phone/orders.ts'
import { isForTab, type PageKey } from '../phone/pageKey.ts'
import { launcherPage, phoneAsset, sendPhonePage } from '../phone/phoneAssets.ts'
import type { PersonCookies } from '../phone/personCookies.ts'
import { LAUNCHER_PATH, queryOf, type Phones } from '../phone/phones.ts'
import type { Phone } from '../phone/phoneState.ts'
import { TAB_PATH, type Tabs } from '../phone/tabs.ts'
import type { Platform } from '../platform/platform.ts'
import { apiRoutes, pageRoutes } from '../platform/routes.ts'
import { SANDBOX_PATH } from '../sandboxPath.ts'
import { sourceFile } from '../sourceFile.ts'
import type { Access } from './access.ts'
import type { Leads } from './leads.ts'
import { createSavePush } from './savePush.ts'
import { WORKER_GUARD } from './serviceWorker.ts'
import { asWebView, originOf } from './siteProxy.ts'

// A card may carry a picture as text.
const LARGEST_CALL = '1mb'

interface RoutesOptions {
  access: Access
  siteUrl: string
  language: 'en' | 'zh' | undefined
  leads: Leads
  orders: Orders
  tabs: Tabs
  pageKey: PageKey
  cookies: PersonCookies
}

/**
 * Everything below the sandbox's own path. What stands before the guard is for everybody. The order alone decides, so
 * that no spelling of a path gets around it.
 */
export function sandboxRoutes(platform: Platform, phones: Phones, parts: RoutesOptions): Router {
  const { access, siteUrl, language, leads, orders, tabs, pageKey, cookies } = parts
  const sandbox = express.Router()
  const phoneOf = (req: Request) => phones.of(req)

  sandbox.get('/pictures/:name.png', (req, res, next) => {
    const picture = samplePicture(req.params['name'] ?? '')
    if (!picture) return next()
    res.set('cache-control', 'max-age=3600').type('png').send(picture)
  })
  // The login page is opened by the phone's web view, so it sees WeChat's user agent.
  sandbox.use('/connect', (req, res, next) => {
    // A site that names its own address elsewhere is led back to, there and here.
    req.originalUrl = leads.leadLogin(req.originalUrl, originOf(req))
    const location = res.location.bind(res)
    res.location = (address) => location(leads.lead(address, req.headers.host))
    if (access.standingOf(req) !== 'stranger') asWebView(req, phoneOf(req).native)
    if (language) req.headers['accept-language'] = language
    next()
  })
  sandbox.use(pageRoutes(platform))

  sandbox.use(access.guard)
  sandbox.get('/bridge.js', (req, res) => {
    res
      .set('cache-control', 'no-store')
      .type('text/javascript')
      .send(scriptFor(phoneOf(req), leads))
  })
  sandbox.get('/worker.js', (_req, res) => void res.type('text/javascript').send(WORKER_GUARD))
  sandbox.post('/native', express.text({ type: () => true, limit: LARGEST_CALL }), (req, res) => {
    const message = messageSchema.safeParse(parseJson(req.body))
    if (!message.success) return void res.status(400).json({ error: z.prettifyError(message.error) })
    res.json(phoneOf(req).native.receive(message.data, holderOf(phoneOf(req), req)) ?? {})
  })
  sandbox.get(LAUNCHER_PATH.slice(SANDBOX_PATH.length), (_req, res) => {
    res
      .set({ 'cache-control': 'no-store', 'referrer-policy': 'same-origin' })
      .type('html')
      .send(launcherPage())
  })
  sandbox.get(TAB_PATH, (req, res, next) => {
    if (!isForTab(req)) return next()
    sendPhonePage(res, pageKey.value, language)
  })
  sandbox.get('/phone/:name', (req, res, next) => {
    const asset = phoneAsset(req.params.name)
    if (!asset) return next()
    res.set('cache-control', 'no-store').type(asset.type).send(asset.text)
  })
  sandbox.use(
    '/phone',
    controlRoutes(
      platform,
      { phoneOf, orders, tabs, pageKey, cookies },
      createSavePush({ platform, siteUrl, access }),
    ),
  )
  sandbox.get('/openapi.json', (_req, res) => {
    res.type('json').send(readFileSync(sourceFile('../openapi.json')))
  })
  sandbox.use(apiRoutes(platform))
  sandbox.use((_req, res) => void res.status(404).json({ error: 'The sandbox has nothing here.' }))
  return sandbox.use(answerErrors)
}

function scriptFor({ name, native, look }: Phone, leads: Leads): string {
  const { bridgeArrives } = native.quirks
  return bridgeScript({
    device: native.device,
    endpoint: `${SANDBOX_PATH}/native${queryOf(name)}`,
    phone: name,
    fontScale: look.fontScale,
    leads: leads.ofPage(),
    // The script reports page addresses to Tencent from anything that looks like a phone; a sandbox should not.
    navigatorPlatform: 'MacIntel',
    ...(bridgeArrives === 'as usual' ? {} : { arrival: bridgeArrives }),
  })
}

function parseJson(text: unknown): unknown {
  try {
    return JSON.parse(String(text))
  } catch {
    return undefined
  }
}
