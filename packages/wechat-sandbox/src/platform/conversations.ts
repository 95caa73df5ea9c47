import { Feed } from './feed.ts'
import { forgetOldest } from './forgetOldest.ts'
import type { AccountMessage } from './messages/accountMessage.ts'
import type { Push } from './push/messages.ts'

/** One thing in the account's conversation with a person. */
export type Entry = { id: number; at: number; openid: string } & EntryContent
export type EntryContent =
  | { from: 'person'; push: Push }
  | {
      from: 'account'
      via: 'reply' | 'custom' | 'template' | 'subscribe' | 'mass' | 'preview'
      message: AccountMessage
      /** Which account of the customer service has written. */
      kfAccount?: string
    }
  | { from: 'system'; text: string }

/** That the account is typing, until a time on the platform's clock; undefined: not any more. */
export interface Typing {
  openid: string
  until: number | undefined
}

const PEOPLE_KEPT = 1000
const ENTRIES_KEPT = 200
const TYPING_KEPT = { entries: PEOPLE_KEPT, bytes: Infinity, sizeOf: () => 0 }

/** The account's conversations, one for each openid, in memory. */
export class Conversations {
  readonly #now: () => number
  readonly #all = new Feed<Entry>(ENTRIES_KEPT)
  readonly #byOpenid = new Map<string, Feed<Entry>>()
  readonly #typing = new Map<string, number>()
  readonly #typings = new Feed<Typing>(0)
  #lastId = 0

  constructor(now: () => number) {
    this.#now = now
  }

  add(openid: string, content: EntryContent): Entry {
    const entry = { id: ++this.#lastId, at: this.#now(), openid, ...content }
    this.#of(openid).add(entry)
    this.#all.add(entry)
    // Who has written is not typing any more.
    if (content.from === 'account') this.stopTyping(openid)
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

  /** The person sees that the account is typing, for so many milliseconds or until it has written. */
  startTyping(openid: string, ms: number): void {
    const until = this.#now() + ms
    this.#typing.delete(openid)
    this.#typing.set(openid, until)
    forgetOldest(this.#typing, TYPING_KEPT)
    this.#typings.add({ openid, until })
  }

  stopTyping(openid: string): void {
    if (this.#typing.delete(openid)) this.#typings.add({ openid, until: undefined })
  }

  /** Until when the person sees that the account is typing, in milliseconds since 1970. */
  typingUntil(openid: string): number | undefined {
    const until = this.#typing.get(openid)
    return until !== undefined && until > this.#now() ? until : undefined
  }

  /** Calls `watcher` when the account begins or ends typing; the answer ends that. */
  watchTyping(watcher: (typing: Typing) => void): () => void {
    return this.#typings.watch(watcher)
  }

  #of(openid: string): Feed<Entry> {
    const known = this.#byOpenid.get(openid) ?? new Feed<Entry>(ENTRIES_KEPT)
    this.#byOpenid.set(openid, known)
    const oldest = this.#byOpenid.size > PEOPLE_KEPT ? this.#byOpenid.keys().next().value : undefined
    if (oldest !== undefined) this.#byOpenid.delete(oldest)
    return known
  }
}
