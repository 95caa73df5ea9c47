import express, { type Request, type RequestHandler, type Router } from 'express'
import type { z } from 'zod'
import { device } from '../native/device.ts'
import type { AnsweredCall } from '../native/nativeApp.ts'
import { SANDBOX_PATH } from '../sandboxPath.ts'
import { BODIES } from './controlBodies.ts'
import { defined } from './defined.ts'
import { cardSchema, DRIVE_BODIES, DRIVE_QUERIES, pageSchema } from './driveBodies.ts'
import { openedCard } from './openedCard.ts'
import { OrderError } from './orders.ts'
import { personOf } from './holder.ts'
import { isProgram } from './pageKey.ts'
import type { Phone } from './phoneState.ts'
import { TAB_PATH, type Tabs } from './tabs.ts'

const POLL = 200

/**
 * What programs do with a phone: open a page on it, wait for its calls, share it, log in, tap. A tab of a browser shows
 * the phone and does it; where there is none, a browser without a window is started.
 */
export function driveRoutes(phoneOf: (req: Request) => Phone, tabs: Tabs): Router {
  const router = express.Router()

  router.get('/page', programs, async (req, res) => {
    const { text, wait } = DRIVE_QUERIES.page.parse(req.query)
    const phone = phoneOf(req)
    const until = Date.now() + wait * 1000
    let page = await pageOn(phone)
    while (text !== undefined && !page.text.includes(text)) {
      if (Date.now() > until || req.destroyed)
        throw new OrderError(504, `The page ${page.url} has not shown "${text}" within ${wait} s.`)
      await pause()
      page = await pageOn(phone)
    }
    res.json(page)
  })
  router.get('/config', programs, async (req, res) => {
    const { wait } = DRIVE_QUERIES.config.parse(req.query)
    const call = await phoneOf(req).page.call('preVerifyJSAPI', wait * 1000)
    if (!call) throw new OrderError(504, `The open page has not called wx.config within ${wait} s.`)
    res.json({ ok: call.reply.err_msg.endsWith(':ok'), ...told(call) })
  })
  router.get('/call', programs, async (req, res) => {
    const { name, wait } = DRIVE_QUERIES.call.parse(req.query)
    const call = await phoneOf(req).page.call(name, wait * 1000)
    if (!call) throw new OrderError(504, `The open page has not called ${name} within ${wait} s.`)
    res.json(told(call))
  })
  drive('/open', DRIVE_BODIES.open, async ({ url, as, from, wait, os, version, networkType }, phone, req) => {
    const { native } = phone
    const person = as === undefined ? phone.holder : personOf(phone.platform, as)
    const port = req.socket.localPort
    await tabs.show(phone.name, `http://localhost:${port}${SANDBOX_PATH}${TAB_PATH}`)
    if (os && os !== native.device.os) native.device = device(os)
    native.device = { ...native.device, ...defined({ version, networkType }) }
    phone.holder = person
    phone.page.expectAnother()
    const order = { kind: 'open', url, person: (person ?? phone.platform.people[0]).id, from } as const
    return pageSchema.parse(await tabs.order(phone.name, order, wait * 1000))
  })
  drive('/share', DRIVE_BODIES.share, async ({ target, wait }, phone) => {
    const until = Date.now() + wait * 1000
    for (;;) {
      const card = cardSchema.parse(await tabs.order(phone.name, { kind: 'share', target }))
      // Only what the page has not set yet may still come.
      if (card.source !== 'default' || Date.now() > until)
        return { ...card, opens: openedCard(card.link, target) }
      await pause()
    }
  })
  drive('/login', DRIVE_BODIES.login, async ({ allow, as, wait }, phone) => {
    const person = as === undefined ? undefined : personOf(phone.platform, as)
    const order = { kind: 'login', allow, person: person?.id } as const
    const page = await patiently(wait, () => tabs.order(phone.name, order))
    if (allow && person) phone.holder = person
    return pageSchema.parse(page)
  })
  drive('/tap', DRIVE_BODIES.tap, async ({ text, selector, wait }, phone) => {
    return pageSchema.parse(
      await patiently(wait, () => tabs.order(phone.name, { kind: 'tap', text, selector })),
    )
  })
  drive('/close', BODIES.nothing, async (_wanted, phone) => ({ closed: await tabs.close(phone.name) }))
  return router

  async function pageOn(phone: Phone) {
    return pageSchema.parse(await tabs.order(phone.name, { kind: 'page' }))
  }

  function drive<S extends z.ZodType>(
    path: string,
    schema: S,
    run: (wanted: z.output<S>, phone: Phone, req: Request) => unknown,
  ): void {
    router.post(path, programs, async (req, res) => {
      res.json(await run(schema.parse(req.body ?? {}), phoneOf(req), req))
    })
  }
}

// What is not on the page yet may come.
async function patiently(wait: number, order: () => Promise<unknown>): Promise<unknown> {
  const until = Date.now() + wait * 1000
  for (;;) {
    try {
      return await order()
    } catch (error) {
      if (!(error instanceof OrderError) || error.status !== 409 || Date.now() > until) throw error
      await pause()
    }
  }
}

const pause = () => new Promise((done) => setTimeout(done, POLL))

const told = ({ name, params, url, reply, explanation }: AnsweredCall) => ({
  name,
  params,
  url,
  reply,
  ...(explanation ? { explanation } : {}),
})

const programs: RequestHandler = (req, res, next) => {
  if (isProgram(req)) return next()
  res.status(403).json({ error: 'Programs ask this, such as curl; no page in a browser may.' })
}
