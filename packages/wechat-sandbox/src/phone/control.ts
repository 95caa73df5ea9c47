import { setTimeout as sleep } from 'node:timers/promises'
import express, { type ErrorRequestHandler, type Request, type Router } from 'express'
import { z } from 'zod'
import { QUIRKS } from '../native/quirks.ts'
import type { Person, PushSettings } from '../platform/account.ts'
import type { Platform } from '../platform/platform.ts'
import { settingsSchema } from '../platform/push/settings.ts'
import { isSwitch } from '../platform/switches/switches.ts'
import { act, actSchema } from './acts.ts'
import { device } from '../native/device.ts'
import { BODIES } from './controlBodies.ts'
import { defined } from './defined.ts'
import { driveRoutes } from './drive.ts'
import { seconds } from './driveBodies.ts'
import { streamEvents } from './eventStream.ts'
import { holderOf, personOf, rememberHolder } from './holder.ts'
import { OrderError, type Orders } from './orders.ts'
import { isProgram, type PageKey } from './pageKey.ts'
import { phoneState, type Phone } from './phoneState.ts'
import type { PersonCookies } from './personCookies.ts'
import { tabRoutes } from './tabRoutes.ts'
import type { Tabs } from './tabs.ts'

/** Saves a change of the server configuration. @throws {RangeError} in the words that the person reads */
export type SavePush = (wanted: Partial<PushSettings>, req: Request) => Promise<void>

/** What the phone's own page and programs ask for and change. Wrong requests are answered with 400 and what is wrong. */
export function controlRoutes(
  platform: Platform,
  phones: {
    phoneOf: (req: Request) => Phone
    orders: Orders
    tabs: Tabs
    pageKey: PageKey
    cookies: PersonCookies
  },
  savePush: SavePush,
): Router {
  const { phoneOf, orders, tabs, pageKey, cookies } = phones
  const router = express.Router()
  // A picture of the conversation, which the browser asks for by itself.
  router.get('/media/:id', (req, res, next) => {
    const file = platform.fileOf(req.params.id)
    if (!file) return next()
    res.set('cache-control', 'no-store').type(file.contentType).send(file.bytes)
  })
  router.use(pageKey.guard)
  router.use(express.json({ type: () => true, limit: '64kb' }))
  router.use((_req, res, next) => {
    res.set('cache-control', 'no-store')
    next()
  })
  router.use((req, _res, next) => {
    const name = req.query['phone']
    if (name !== undefined && !/^[a-z0-9]{0,32}$/.test(String(name)))
      throw new RangeError('A phone is called by up to 32 small letters and digits.')
    next()
  })

  router.get('/state', (req, res) => {
    const phone = phoneOf(req)
    // A login may have been as somebody else.
    phone.holder = holderOf(phone, req)
    res.json(phoneState(phone, phone.holder))
  })
  router.get('/activity', (req, res) => void res.json(phoneOf(req).activity.list()))
  router.get('/conversation', (req, res) => {
    res.json(platform.conversations.of(platform.logins.openidOf(holderOf(phoneOf(req), req))))
  })
  router.get('/events', (req, res) => streamEvents(phoneOf(req), orders, req, res))
  router.post('/act', async (req, res) => {
    const phone = phoneOf(req)
    const wait = seconds.optional().parse(req.query['wait'])
    const { open, pushed } = act(phone, holderOf(phone, req), actSchema.parse(req.body))
    if (wait === undefined) return void res.json({ open })
    const push = await Promise.race([pushed, sleep(wait * 1000, 'late', { ref: false })])
    if (push !== 'late') return void res.json({ open, push })
    res.status(504).json({ error: `The site's server has not answered the push within ${wait} s.` })
  })
  router.post('/activity/clear', (req, res) => {
    BODIES.nothing.parse(req.body)
    phoneOf(req).activity.clear()
    res.json({})
  })

  change('/device', BODIES.device, ({ os, networkType, version, fontScale, theme }, req) => {
    const { native, look } = phoneOf(req)
    if (os && os !== native.device.os) native.device = device(os)
    native.device = { ...native.device, ...defined({ networkType, version }) }
    Object.assign(look, defined({ fontScale, theme }))
  })
  change('/account', BODIES.account, (wanted) => void Object.assign(platform.account, defined(wanted)))
  change('/server', settingsSchema.partial().strict(), savePush)
  change('/switch', BODIES.switch, ({ name, value }) => {
    if (!isSwitch(name)) throw new RangeError(`There is no switch "${name}".`)
    platform.switches.set(name, value as never) // it checks what it takes, and says so
  })
  change('/quirk', BODIES.quirk, ({ name, value }, req) => {
    const values: readonly string[] =
      Object.entries(QUIRKS).find(([known]) => known === name)?.[1].values ?? []
    if (!values.includes(value)) throw new RangeError(`"${name}" does not take "${value}".`)
    Object.assign(phoneOf(req).native.quirks, { [name]: value })
  })
  change('/fault', BODIES.fault, ({ path, fault, times }) => platform.faults.set(path, fault, times))
  change('/faults/clear', BODIES.nothing, () => platform.faults.clear())
  change('/credentials', BODIES.credentials, ({ event }) => {
    if (event === 'token taken') platform.tokens.killAll()
    else platform.tokens.killTickets()
  })
  change('/clock', BODIES.clock, ({ seconds }) => platform.clock.forward(seconds))
  change('/person', BODIES.person, async ({ person: id }, req) => {
    const person = personOf(platform, id)
    const { name } = phoneOf(req)
    // A program has no cookie to change; the tab that shows the phone has.
    if (isProgram(req) && orders.isShown(name)) await tabs.order(name, { kind: 'person', person: person.id })
    return person
  })
  router.use(tabRoutes(phoneOf, orders))
  router.use(driveRoutes(phoneOf, tabs))
  return router.use(answerErrors)

  function change<S extends z.ZodType>(
    path: string,
    schema: S,
    apply: (wanted: z.output<S>, req: Request) => Person | void | Promise<Person | void>,
  ): void {
    router.post(path, async (req, res) => {
      const phone = phoneOf(req)
      const before = holderOf(phone, req)
      const holder = (await apply(schema.parse(req.body), req)) ?? before
      if (!isProgram(req)) cookies.exchange(req, res, { from: before, to: holder })
      rememberHolder(res, phone, holder)
      res.json(phoneState(phone, holder))
    })
  }
}

/** Wrong requests are told in JSON what is wrong with them. */
export const answerErrors: ErrorRequestHandler = (error, _req, res, next) => {
  if (error instanceof z.ZodError) return void res.status(400).json({ error: z.prettifyError(error) })
  if (error instanceof OrderError) return void res.status(error.status).json({ error: error.message })
  if (error instanceof RangeError) return void res.status(400).json({ error: error.message })
  // What express.json throws: no JSON, or too much of it.
  const status: unknown = error?.status
  if (typeof status === 'number' && status < 500)
    return void res.status(status).json({ error: String(error.message) })
  next(error)
}
