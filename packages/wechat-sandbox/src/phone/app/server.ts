// What the phone's page asks of its server.
import type { Entry } from '../../platform/conversations.ts'
import type { Activity } from '../activity.ts'
import type { Act } from '../acts.ts'
import type { Order } from '../orders.ts'
import type { phoneState } from '../phoneState.ts'
import { EVENT_NAMES } from './eventNames.js'
import { PAGE_KEY } from './pageKey.js'
import { addressOf, PHONE } from './phoneName.js'
import { said } from './words.js'

export type PhoneState = ReturnType<typeof phoneState>

// As it is before any page of the site is loaded.
const request = window.fetch.bind(window)
let wasAnswered = false

/** @throws {Error} with the server's own words */
async function ask<T>(path: string, body?: unknown, init: RequestInit = {}): Promise<T> {
  const headers = { 'wechat-phone-key': PAGE_KEY }
  const sent = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
  const response = await request(addressOf(path), { ...init, ...sent, headers })
  const answer: unknown = await response.json()
  // The sandbox was started again, and this page has the key of the one before.
  if (response.status === 403 && wasAnswered) location.reload()
  wasAnswered ||= response.ok
  if (response.ok) return answer as T
  const { error } = answer as { error?: string }
  throw new Error(error === undefined ? `${response.status}` : said(error))
}

export const server = {
  state: () => ask<PhoneState>('/state'),
  change: (what: string, wanted: object) => ask<PhoneState>(`/${what}`, wanted),
  activity: async () => (await ask<Activity[]>('/activity')).filter(isOwn),
  clearActivity: () => ask<object>('/activity/clear', {}),
  conversation: () => ask<Entry[]>('/conversation'),
  tell: (what: 'here' | 'answered', body: object) => ask<object>(`/${what}`, body),
  /** This tab goes. */
  leave: () => ask<object>('/gone', {}, { keepalive: true }),
  act: (act: Act) => ask<{ open?: string }>('/act', act),
}

interface Handlers {
  opened: () => void
  activity: (activity: Activity) => void
  entry: (entry: Entry) => void
  order: (order: Order) => void
  /** Until when the account is typing, on the platform's clock; without a time it has ended. */
  typing: (until: number | undefined) => void
}

/** Hears what happens, over one connection for all tabs. */
export function listen(handlers: Handlers): { restart: () => void } {
  if (!('SharedWorker' in window)) return listenAlone(handlers)
  const worker = new SharedWorker(new URL('eventsWorker.js', import.meta.url), { type: 'module' })
  worker.port.onmessage = ({ data: { event, data } }: MessageEvent<{ event: string; data?: string }>) =>
    hear(handlers, event, data)
  worker.port.postMessage({ key: PAGE_KEY })
  window.addEventListener('pagehide', () => worker.port.postMessage('end'))
  // A page that comes back from the browser's cache has said goodbye before.
  window.addEventListener('pageshow', ({ persisted }) => persisted && location.reload())
  return { restart: () => worker.port.postMessage('restart') }
}

// A page in the background listens no more, so that many of them do not use up all connections.
function listenAlone(handlers: Handlers): { restart: () => void } {
  let source: EventSource | undefined
  const stop = () => source?.close()
  const start = () => {
    stop()
    if (document.hidden) return
    source = new EventSource(`${addressOf('/events')}&key=${PAGE_KEY}`)
    source.addEventListener('error', () => hear(handlers, 'error', undefined))
    for (const event of EVENT_NAMES)
      source.addEventListener(event, ({ data }: MessageEvent<string>) => hear(handlers, event, data))
  }
  document.addEventListener('visibilitychange', () => (document.hidden ? stop() : start()))
  start()
  return { restart: start }
}

function hear(handlers: Handlers, event: string, data: string | undefined): void {
  if (event === 'open') return handlers.opened()
  // Whether for another reason than that the sandbox is not there, its answer tells.
  if (event === 'error') return void server.state().catch(() => undefined)
  if (data === undefined) return
  if (event === 'entry') return handlers.entry(JSON.parse(data) as Entry)
  if (event === 'order') return handlers.order(JSON.parse(data) as Order)
  if (event === 'typing') return handlers.typing((JSON.parse(data) as { until?: number }).until)
  const activity = JSON.parse(data) as Activity
  if (isOwn(activity)) handlers.activity(activity)
}

/** Another tab is another phone; what the site's server does is everybody's. */
const isOwn = (activity: Activity): boolean => !('phone' in activity) || activity.phone === PHONE
