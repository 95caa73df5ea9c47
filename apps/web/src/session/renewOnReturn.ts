interface KnownSession {
  /** Whether this page has asked who is there. */
  readonly ready: boolean
  readonly user: unknown
  readonly snapshot: boolean
  load(): Promise<void>
}

/**
 * A page that comes back whole, out of the back-forward cache, may be from before a login or a logout. Whoever it has
 * asked for is asked for again; if somebody else is there now, the page is loaded again, through the login guard: it may
 * show more of a person than a name.
 */
export function renewOnReturn(window: Window, session: KnownSession): void {
  window.addEventListener('pageshow', async ({ persisted }) => {
    if (!persisted || !session.ready) return
    const before = whoIs(session)
    try {
      await session.load()
    } catch {
      return // without a network there is nothing better to show
    }
    if (whoIs(session) !== before) window.location.reload()
  })
}

const whoIs = ({ user, snapshot }: KnownSession): string => JSON.stringify([user, snapshot])
