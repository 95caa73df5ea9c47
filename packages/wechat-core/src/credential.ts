import { within, type Clock } from './clock.ts'
import type { Entry, Fetched } from './credentialEntry.ts'
import type { OnEvent } from './events.ts'
import { heldEntry, type Used } from './heldEntry.ts'
import { createRenewal } from './renewal.ts'
import { storedEntry } from './storedEntry.ts'
import type { Store } from './stores/store.ts'

export interface CredentialOptions {
  /** As it appears in events, e.g. `jsapi_ticket`. */
  name: string
  /** Where in the store it is kept. */
  key: string
  store: Store
  /** Asks WeChat. `expiresIn` are the remaining seconds that WeChat reports. */
  fetch: () => Promise<Fetched>
  clock: Clock
  /** Tells this machine from others that share the store. */
  machine: string
  onEvent: OnEvent
}

/** A value for use. `isOwn`: this process has it from WeChat itself, and not from the store. */
export interface Current extends Used {
  isOwn: boolean
}

/** A secret that WeChat lends for a while: an access_token or a ticket. */
export interface Credential {
  /**
   * The current value. Callers of all processes that share the store cause one request. While a value is valid nobody
   * waits: it is renewed in the background before it ends.
   */
  get(): Promise<string>
  /** The same with the number that it was fetched under; a later one is higher. */
  current(): Promise<Current>
  /** Whether this process has a value in memory, so that nobody waits. */
  isHeld(): boolean
  /**
   * Our own call was refused with that value: it is never used again, and another is asked for. A caller that comes
   * late, after somebody renewed it already, gets that newer one and causes no request. WeChat may give the same again.
   */
  renew(refused: Used): Promise<Current>
  /**
   * Somebody doubts the value: WeChat is asked for its successor. The doubted one goes on until that is there, also for
   * this caller when it takes long.
   */
  recheck(): Promise<string>
  /**
   * The value that the store holds now, or the one that another process is just asking for: until `isOver` says that it
   * is not, or a page cannot wait longer. Causes no request of its own while there is a usable value.
   */
  catchUp(isOver: () => Promise<boolean>): Promise<string>
  /** Doubts the value if it was made with the credential of that fence, or an older one. */
  doubtMadeWith(fence: number): void
  /** Stops renewing in the background. */
  close(): void
}

/** Somebody is getting the value. Whoever needs any waits for `usable`, whoever needs the successor for `done`. */
interface Flight {
  usable: Promise<Entry>
  done: Promise<Entry>
}

// Milliseconds.
const RETRY_EVERY = 1_000 // between two attempts of this process that brought nothing fresh; most of them only read the store
const LOOK_WHILE_USABLE = 5_000 // the same in the background, where nobody waits for it
const FOLLOWS_EVERY = 60_000 // also because a timer stands still while the machine sleeps
const A_PAGE_WAITS = 2_500 // for another signature, once WeChat has refused the first
const A_PAGE_WAITS_FOR_OTHERS = 1_500
const LOOKS_FOR = 10_000
const LOOK_EVERY = 40

/** Holds one credential: in memory, behind it in the store, behind that at WeChat. */
export function createCredential(options: CredentialOptions): Credential {
  const { name, key, store, clock, onEvent } = options
  const held = heldEntry(clock.now)
  const shared = storedEntry(store, key, clock)
  const bring = createRenewal({ ...options, held, shared })
  let flight: Flight | undefined
  let failure: { error: unknown } | undefined
  let catching: Promise<void> | undefined
  let noAttemptUntil = -Infinity
  let cancel = (): void => undefined
  let closed = false

  // One flight at a time and process. A caller that arrives meanwhile shares it, success or failure.
  function refresh(): Flight {
    if (flight) return flight
    let found = (_entry: Entry): void => undefined
    const first = new Promise<Entry>((done) => (found = done))
    const done = bring(found)
      .then(
        (entry) => {
          failure = undefined
          held.put(entry)
          return entry
        },
        (error: unknown) => {
          failure = { error }
          throw error
        },
      )
      .finally(() => {
        flight = undefined
        noAttemptUntil = clock.now() + RETRY_EVERY
        plan()
      })
    flight = { done, usable: Promise.race([first, done]) }
    for (const promise of [flight.done, flight.usable]) promise.catch(() => undefined)
    return flight
  }

  // From the first use on there is always a timer or a flight: a site without visitors renews as well, so that the
  // next one does not wait, and no number of failures ends that.
  function plan(): void {
    cancel()
    if (closed) return
    const usable = held.usable()
    const due = held.isFresh(usable)
      ? usable.refreshAt - clock.now()
      : usable
        ? LOOK_WHILE_USABLE
        : RETRY_EVERY
    const work = () => (held.isFresh(held.usable()) ? void follow().finally(plan) : void refresh())
    cancel = clock.after(Math.min(Math.max(due, RETRY_EVERY / 10), FOLLOWS_EVERY), work)
  }

  // Another process may have found out that the value has ended. And what another has brought is good for as long as
  // the store keeps it: a store with a clock of its own knows the end of it, whatever the clocks of the two of us say.
  async function follow(): Promise<void> {
    try {
      const stored = await shared.read()
      held.offer(stored)
      const usable = held.usable()
      if (!usable || usable.value === stored?.value) return
      if (held.isOwn(usable)) {
        // The store was set back: to a backup, or by a failover to a replica that was behind.
        if (stored && stored.fence < usable.fence) await shared.save(usable)
        return
      }
      held.doubt(usable)
      refresh()
    } catch {
      // told when the store is needed
    }
  }

  async function current(): Promise<Current> {
    const usable = held.usable()
    if (usable) {
      if (!held.isFresh(usable) && clock.now() >= noAttemptUntil) refresh()
      return toCurrent(usable)
    }
    if (failure && clock.now() < noAttemptUntil) throw failure.error
    const startedAt = clock.now()
    try {
      return toCurrent(await arrival())
    } finally {
      onEvent({ type: 'waited', credential: name, ms: clock.now() - startedAt })
    }
  }

  // What a flight found may have ended or been refused since.
  async function arrival(): Promise<Entry> {
    for (;;) {
      const { usable, done } = refresh()
      const found = await usable
      if (held.isUsable(found)) return found
      const brought = await done
      if (!held.isRefused(brought)) return brought
    }
  }

  const toCurrent = (entry: Entry): Current => ({
    value: entry.value,
    fence: entry.fence,
    isOwn: held.isOwn(entry),
  })

  async function renew(refused: Used): Promise<Current> {
    const before = held.usable()
    held.refuse(refused)
    if (before && !held.usable()) {
      onEvent({ type: 'dropped', credential: name })
      // Nobody waits for the store: this process does not believe it about that value any more.
      shared.drop(refused).catch(tellStoreFailure)
    }
    return current()
  }

  async function recheck(): Promise<string> {
    const doubtful = held.usable()
    if (doubtful) doubt(doubtful)
    const asked = async (): Promise<void> => {
      await flight?.done // it may have begun before the doubt
      if (!held.isFresh(held.usable())) await refresh().done
    }
    await within(
      clock,
      A_PAGE_WAITS,
      asked().catch(() => undefined),
    )
    return (await current()).value
  }

  function doubt(entry: Entry): void {
    held.doubt(entry)
    onEvent({ type: 'dropped', credential: name })
  }

  async function catchUp(isOver: () => Promise<boolean>): Promise<string> {
    catching ??= look(isOver).finally(() => (catching = undefined))
    await within(clock, A_PAGE_WAITS_FOR_OTHERS, catching)
    return (await current()).value
  }

  async function look(isOver: () => Promise<boolean>): Promise<void> {
    const doubtful = held.usable()?.value
    const until = clock.now() + LOOKS_FOR
    try {
      for (;;) {
        const isLast = (await isOver()) || clock.now() > until // first this: what is over has left its value there
        held.offer(await shared.read())
        if (isLast || held.usable()?.value !== doubtful) return
        await clock.sleep(LOOK_EVERY)
      }
    } catch {
      tellStoreFailure()
    }
  }

  function doubtMadeWith(fence: number): void {
    const before = held.isFresh(held.usable())
    held.doubtMadeWith(fence)
    const usable = held.usable()
    if (!usable || held.isFresh(usable)) return
    if (before) onEvent({ type: 'dropped', credential: name })
    refresh()
  }

  function tellStoreFailure(): void {
    onEvent({ type: 'store_failed', credential: name })
  }

  return {
    get: async () => (await current()).value,
    current,
    isHeld: () => held.usable() !== undefined,
    renew,
    recheck,
    catchUp,
    doubtMadeWith,
    close() {
      closed = true
      cancel()
    },
  }
}
