import express, { type Request, type Router } from 'express'
import { BODIES } from './controlBodies.ts'
import { DRIVE_BODIES } from './driveBodies.ts'
import type { Orders } from './orders.ts'
import type { Phone } from './phoneState.ts'

/** What the tab that shows a phone tells: that it is there, that it goes, and how an order went. */
export function tabRoutes(phoneOf: (req: Request) => Phone, orders: Orders): Router {
  const router = express.Router()
  router.post('/here', (req, res) => {
    BODIES.nothing.parse(req.body)
    orders.arrived(phoneOf(req).name)
    res.json({})
  })
  router.post('/gone', (req, res) => {
    BODIES.nothing.parse(req.body)
    orders.gone(phoneOf(req).name)
    res.json({})
  })
  router.post('/answered', (req, res) => {
    const { id, ...outcome } = DRIVE_BODIES.answered.parse(req.body)
    res.json({ awaited: orders.answered(id, 'error' in outcome ? outcome : { answer: outcome.answer }) })
  })
  return router
}
