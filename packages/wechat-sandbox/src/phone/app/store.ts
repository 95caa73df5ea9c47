import { server, type PhoneState } from './server.js'

type Person = PhoneState['people'][number]

/** What the server says of the phone, and who wants to know when it changes. */
export interface Store {
  readonly state: PhoneState
  readonly me: Person
  readonly others: Person[]
  person(id: string): Person
  /** The platform's time, in milliseconds since 1970. */
  now(): number
  /** Changes something on the server. @throws {Error} with the server's words */
  change(what: string, wanted: object): Promise<void>
  refresh(): Promise<void>
  onChange(watcher: (now: PhoneState, before: PhoneState) => void): void
}

export async function createStore(): Promise<Store> {
  let state = await server.state()
  const watchers: ((now: PhoneState, before: PhoneState) => void)[] = []
  const set = (next: PhoneState) => {
    const before = state
    state = next
    for (const watcher of watchers) watcher(state, before)
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
    change: async (what, wanted) => set(await server.change(what, wanted)),
    refresh: async () => set(await server.state()),
    onChange: (watcher) => void watchers.push(watcher),
  }
  return store
}
