// What the phone's page asks of its server.
import type { Entry } from '../../platform/conversations.ts'
import type { Activity } from '../activity.ts'
import type { Act } from '../acts.ts'
import type { phoneState } from '../phoneState.ts'
import { SANDBOX_PATH } from './sandboxPath.js'
import { said } from './words.js'

export type PhoneState = ReturnType<typeof phoneState>

const BASE = `${SANDBOX_PATH}/phone`

/** @throws {Error} with the server's own words */
async function ask<T>(path: string, body?: unknown): Promise<T> {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
  const response = await fetch(BASE + path, init)
  const answer: unknown = await response.json()
  if (response.ok) return answer as T
  const { error } = answer as { error?: string }
  throw new Error(error === undefined ? `${response.status}` : said(error))
}

export const server = {
  state: () => ask<PhoneState>('/state'),
  change: (what: string, wanted: object) => ask<PhoneState>(`/${what}`, wanted),
  activity: () => ask<Activity[]>('/activity'),
  clearActivity: () => ask<object>('/activity/clear', {}),
  conversation: () => ask<Entry[]>('/conversation'),
  act: (act: Act) => ask<{ open?: string }>('/act', act),
}

/** Hears what happens. A page in the background listens no more, so that many of them do not use up all connections. */
export function listen(handlers: {
  opened: () => void
  activity: (activity: Activity) => void
  entry: (entry: Entry) => void
}): { restart: () => void } {
  let source: EventSource | undefined
  const stop = () => source?.close()
  const start = () => {
    stop()
    if (document.hidden) return
    source = new EventSource(`${BASE}/events`)
    source.addEventListener('open', handlers.opened)
    source.addEventListener('activity', ({ data }) => handlers.activity(JSON.parse(data)))
    source.addEventListener('entry', ({ data }) => handlers.entry(JSON.parse(data)))
  }
  document.addEventListener('visibilitychange', () => (document.hidden ? stop() : start()))
  start()
  return { restart: start }
}
