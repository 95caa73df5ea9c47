import type { Request, Response } from 'express'
import { holderOf } from './holder.ts'
import type { Orders } from './orders.ts'
import type { Phone } from './phoneState.ts'

/**
 * Tells a phone's page what happens, as server-sent events: `activity`, `entry` and `typing` of its holder's conversation, and
 * `order` for what a program wants of a tab.
 */
export function streamEvents(phone: Phone, orders: Orders, req: Request, res: Response): void {
  const { platform, activity } = phone
  const openid = platform.logins.openidOf(holderOf(phone, req))
  res.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  const send = (event: string, data: unknown) =>
    res.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
  send('open', {})
  const ends = [
    activity.watch((one) => send('activity', one)),
    orders.watch((order) => send('order', order)),
    platform.conversations.watch((entry) => entry.openid === openid && send('entry', entry)),
    platform.conversations.watchTyping((typing) => {
      if (typing.openid === openid) send('typing', { until: typing.until })
    }),
  ]
  res.once('close', () => ends.forEach((end) => end()))
}
