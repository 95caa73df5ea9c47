import { createServer, type Server } from 'node:http'
import express from 'express'
import { device } from '../native/device.ts'
import { createNativeApp } from '../native/nativeApp.ts'
import { believedQuirks, type Quirks } from '../native/quirks.ts'
import { ActivityLog } from '../phone/activity.ts'
import { OpenPage } from '../phone/openPage.ts'
import { Orders } from '../phone/orders.ts'
import { createPageKey } from '../phone/pageKey.ts'
import { PersonCookies } from '../phone/personCookies.ts'
import { sendPhonePage } from '../phone/phoneAssets.ts'
import type { Look } from '../phone/phoneState.ts'
import { Phones } from '../phone/phones.ts'
import { Tabs } from '../phone/tabs.ts'
import { createTicketCheck } from '../phone/ticketCheck.ts'
import type { Platform } from '../platform/platform.ts'
import { SANDBOX_PATH } from '../sandboxPath.ts'
import { createAccess, OWN_MACHINE } from './access.ts'
import { createLeads } from './leads.ts'
import { sandboxRoutes } from './sandboxRoutes.ts'
import { createSiteProxy, isVisit } from './siteProxy.ts'

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
  /** A Chromium that is started where a program opens a page and no tab shows the phone. Default: none is. */
  browser?: string | undefined
  /**
   * Whether the addresses of WeChat's own hosts in a page lead to the sandbox, for a site that has them built in.
   * Default: no.
   */
  leadsWechatHosts?: boolean
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
  const quirks = { ...believedQuirks(), ...options.quirks }
  const orders = new Orders()
  const tabs = new Tabs(orders, options.browser)
  const phones = new Phones((name, like) => {
    const page = new OpenPage()
    const native = createNativeApp({
      platform,
      device: like ? { ...like.native.device } : device('ios'),
      quirks,
      answering: undefined, // the person at the phone does
      onLoad(load) {
        page.loaded(load)
        activity.note({ kind: 'page', phone: name, ...load })
      },
      onCall(call) {
        activity.note({ kind: 'bridge', phone: name, call, ticketCheckAt: ticketCheck.next })
        page.called(call)
      },
    })
    const look: Look = like ? { ...like.look } : { fontScale: 1, theme: 'auto' }
    return { name, platform, native, activity, ticketCheck, look, page, holder: undefined }
  })
  const { account } = platform
  const leads = createLeads({ siteUrl, account, wechatHosts: options.leadsWechatHosts ?? false })
  const cookies = new PersonCookies()
  const site = createSiteProxy(siteUrl, leads, (answer, path) => {
    ticketCheck.hear(answer)
    cookies.hear(answer, path)
  })

  const isTunneled = !OWN_MACHINE.test(new URL(platform.siteOrigin).hostname)
  const access = createAccess({ key, isPublic: isPublic ?? isTunneled })
  const app = express().disable('x-powered-by')
  app.use(access.admit)
  const pageKey = createPageKey()
  const parts = { access, siteUrl, language, orders, tabs, leads, pageKey, cookies }
  app.use(SANDBOX_PATH, sandboxRoutes(platform, phones, parts))
  app.use(async (req, res) => {
    await ready
    const isStranger = access.standingOf(req) === 'stranger'
    const phone = isStranger ? undefined : phones.of(req)
    access.hideKey(req)
    if (!phone) return site.bare(req, res)
    if (isVisit(req)) return sendPhonePage(res, pageKey.value, language)
    site.web(req, res, phone)
  })
  const server = createServer(app)
  server.on('close', () => tabs.closeAll())
  server.on('upgrade', (req, socket, head) => {
    access.hideKey(req)
    site.upgrade(req, socket, head)
  })
  return server
}
