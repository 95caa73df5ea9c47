import { Feed } from './feed.ts'
import type { AccountMessage } from './messages/accountMessage.ts'
import type { Push } from './push/messages.ts'

/** One thing in the account's conversation with a person. */
export type Entry = { id: number; at: number; openid: string } & EntryContent
export type EntryContent =
  | { from: 'person'; push: Push }
  | { from: 'account'; via: 'reply' | 'custom' | 'template' | 'subscribe'; message: AccountMessage }
  | { from: 'system'; text: string }

const PEOPLE_KEPT = 1000
const ENTRIES_KEPT = 200

/** The account's conversations, one for each openid, in memory. */
export class Conversations {
  readonly #now: () => number
  readonly #all = new Feed<Entry>(ENTRIES_KEPT)
  readonly #byOpenid = new Map<string, Feed<Entry>>()
  #lastId = 0

  constructor(now: () => number) {
    this.#now = now
  }

  add(openid: string, content: EntryContent): Entry {
    const entry = { id: ++this.#lastId, at: this.#now(), openid, ...content }
    this.#of(openid).add(entry)
    this.#all.add(entry)
    return entry
  }

  /** A person's conversation, oldest first. */
  of(openid: string): readonly Entry[] {
    return this.#byOpenid.get(openid)?.list() ?? []
  }

  /** Calls `watcher` for every new entry of every conversation; the answer ends that. */
  watch(watcher: (entry: Entry) => void): () => void {
    return this.#all.watch(watcher)
  }

  #of(openid: string): Feed<Entry> {
    const known = this.#byOpenid.get(openid) ?? new Feed<Entry>(ENTRIES_KEPT)
    this.#byOpenid.set(openid, known)
    const oldest = this.#byOpenid.size > PEOPLE_KEPT ? this.#byOpenid.keys().next().value : undefined
    if (oldest !== undefined) this.#byOpenid.delete(oldest)
    return known
  }
}
