import type { Entry } from '../../platform/conversations.ts'
import { server } from './server.js'

/** What was said between the account and whoever holds the phone. */
export interface Conversation {
  readonly entries: readonly Entry[]
  /** How much the person has not seen. */
  readonly unread: number
  seen(): void
  load(): Promise<void>
  /** @returns false for what was known already */
  hear(entry: Entry): boolean
}

export function createConversation(): Conversation {
  let entries: Entry[] = []
  let unread = 0
  return {
    get entries() {
      return entries
    },
    get unread() {
      return unread
    },
    seen: () => (unread = 0),
    async load() {
      entries = await server.conversation()
    },
    hear(entry) {
      if (entries.some(({ id }) => id === entry.id)) return false
      entries.push(entry)
      if (entry.from !== 'person') unread++
      return true
    },
  }
}
