import session from 'express-session'
import type { Store } from 'wechat-core'

/** Keeps sessions where everything else is kept, so that they hold across processes and restarts. */
export class SessionStore extends session.Store {
  readonly #store: Store

  constructor(store: Store) {
    super()
    this.#store = store
  }

  override get(sid: string, done: (error: unknown, session?: session.SessionData | null) => void): void {
    this.#store.get(keyOf(sid)).then(
      (text) => done(null, readSession(text)),
      (error: unknown) => done(error),
    )
  }

  override set(sid: string, data: session.SessionData, done?: (error?: unknown) => void): void {
    const ttl = data.cookie.originalMaxAge ?? undefined
    this.#store.set(keyOf(sid), JSON.stringify(data), ttl).then(
      () => done?.(),
      (error: unknown) => done?.(error),
    )
  }

  override destroy(sid: string, done?: (error?: unknown) => void): void {
    this.#store.delete(keyOf(sid)).then(
      () => done?.(),
      (error: unknown) => done?.(error),
    )
  }
}

const keyOf = (sid: string): string => `session:${sid}`

// What somebody else has written there is no session.
function readSession(text: string | undefined): session.SessionData | null {
  try {
    const data: unknown = JSON.parse(text ?? 'null')
    return isSession(data) ? data : null
  } catch {
    return null
  }
}

function isSession(data: unknown): data is session.SessionData {
  return typeof data === 'object' && data !== null && 'cookie' in data && typeof data.cookie === 'object'
}
