import type { SharedCard } from '../../native/messages.ts'
import { keepInTab } from './keepInTab.js'

/** A card, or a bare link, that somebody sent or posted. */
export interface Shared {
  from: string
  /** A person's id, or the Moments of everybody. */
  to: string
  at: number
  card: SharedCard
  /** The page had been opened by a bare link and was forwarded as one. */
  bare: boolean
}

export const MOMENTS = 'moments'

const KEY = 'wechat-sandbox-shared'
const MOST = 40
const kept = keepInTab(KEY, '[]')

/** What people sent each other, for as long as this tab is open. */
export const mailbox = {
  add(shared: Shared): void {
    kept.keep(JSON.stringify([...mailbox.all(), shared].slice(-MOST)))
  },
  all(): Shared[] {
    return JSON.parse(kept.text) as Shared[]
  },
  /** Between two people, oldest first. */
  between(one: string, other: string): Shared[] {
    return mailbox
      .all()
      .filter(({ from, to }) => (from === one && to === other) || (from === other && to === one))
  },
  /** Newest first. */
  posts(): Shared[] {
    return mailbox
      .all()
      .filter(({ to }) => to === MOMENTS)
      .reverse()
  },
}
