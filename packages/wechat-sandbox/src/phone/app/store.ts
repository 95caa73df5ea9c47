import { exchangeStorage } from './personStorage.js'
import { server, type PhoneState } from './server.js'
import { secondOf } from './times.js'
import { words } from './words.js'

type Person = PhoneState['people'][number]

/** What the server says of the phone, and who wants to know when it changes. */
export interface Store {
  readonly state: PhoneState
  readonly me: Person
  readonly others: Person[]
  person(id: string): Person
  /** The platform's time, in milliseconds since 1970. */
  now(): number
  /** Why a ticket that has ended may stay dead for a while, if so. */
  ticketWait(): string | undefined
  /** Changes something on the server. @throws {Error} with the server's words */
  change(what: string, wanted: object): Promise<void>
  /** Something else may have changed it, such as a login as somebody else. */
  refresh(): Promise<void>
  /** Runs before somebody else holds the phone. */
  onHandOver(leave: () => Promise<void>): void
  onChange(watcher: Watcher): void
}

/** @param asked whether it was changed from here */
type Watcher = (now: PhoneState, before: PhoneState, asked: boolean) => void

export async function createStore(): Promise<Store> {
  let state = await server.state()
  const watchers: Watcher[] = []
  let leave = async (): Promise<void> => undefined
  let changes = 0
  const set = (next: PhoneState, asked: boolean) => {
    const before = state
    state = next
    // Nothing is drawn again for nothing: somebody may be writing into a form.
    if (!asked && sameBut(['clock', 'ticketCheckAt'], before, next)) return
    for (const watcher of watchers) watcher(state, before, asked)
  }
  // One after the other: what somebody leaves behind is put away before the next one gets theirs.
  let turn = Promise.resolve()
  async function changeNow(what: string, wanted: object): Promise<void> {
    const before = state.person
    if ('person' in wanted && wanted.person !== before) await leave()
    changes++
    const next = await server.change(what, wanted)
    changes++
    if (what === 'person' && next.person !== before) exchangeStorage(before, next.person)
    set(next, true)
  }
  const store: Store = {
    get state() {
      return state
    },
    get me() {
      return store.person(state.person)
    },
    get others() {
      return state.people.filter(({ id }) => id !== state.person)
    },
    person(id) {
      const person = state.people.find((one) => one.id === id)
      if (!person) throw new Error(`nobody is called ${id}`)
      return person
    },
    now: () => Date.now() + state.clock.ahead * 1000,
    ticketWait() {
      const at = state.ticketCheckAt
      return at === undefined || at <= store.now() ? undefined : words.ticketWait(secondOf(at))
    },
    change(what, wanted) {
      const done = turn.then(() => changeNow(what, wanted))
      turn = done.catch(() => undefined)
      return done
    },
    async refresh() {
      const at = changes
      const next = await server.state()
      // What was asked for before a change tells of the time before it.
      if (at === changes) set(next, false)
    },
    onHandOver: (run) => void (leave = run),
    onChange: (watcher) => void watchers.push(watcher),
  }
  return store
}

function sameBut(ignored: (keyof PhoneState)[], one: PhoneState, other: PhoneState): boolean {
  const rest = ignored.map((name) => [name, undefined])
  const text = (state: PhoneState) => JSON.stringify({ ...state, ...Object.fromEntries(rest) })
  return text(one) === text(other)
}
