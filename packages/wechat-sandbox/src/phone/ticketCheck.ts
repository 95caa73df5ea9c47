import type { IncomingMessage } from 'node:http'
import type { Clock } from '../platform/clock.ts'

/** How long the site under test waits until it asks for its ticket again. Tickets that end in that time stay dead. */
export interface TicketCheck {
  /** Reads it from an answer of the site, if the site says so: in seconds, in `wechat-recheck-after`. */
  hear(answer: IncomingMessage): void
  /** From when on the site will ask, on the platform's clock; undefined for "now", or for an unknown limit. */
  readonly next: number | undefined
}

export function createTicketCheck({ now, ahead }: Clock): TicketCheck {
  // The site's own clock does not jump with the platform's.
  const realNow = () => now() - ahead() * 1000
  let next = -Infinity
  return {
    hear({ headers }) {
      const seconds = Number(headers['wechat-recheck-after'] ?? NaN)
      if (seconds >= 0 && seconds <= 3600) next = realNow() + seconds * 1000
    },
    get next() {
      return next > realNow() ? next + ahead() * 1000 : undefined
    },
  }
}
