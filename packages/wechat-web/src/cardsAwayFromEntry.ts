import { withoutHash } from './entryUrl.ts'
import type { WechatEnvironment } from './environment.ts'

const REMEMBERED_AS = 'wechat-cards-at-entry-only'

/**
 * Some iPhones take a card only at the address at which the document was entered (github.com/luckyyyyy/blog issue 22).
 * Asking again helps nobody there; a page that is loaded as a whole has its card. What was seen counts for the visit.
 */
export interface CardsAwayFromEntry {
  /** Whether this is a device and an address of which it is said. */
  isPossible(): boolean
  /** What WeChat said, where it is known and the page is away from its entry. */
  refusal(): string | undefined
  /** WeChat has taken a card at the address of now. */
  taken(): void
  /** WeChat has not permitted a card at the address of now, and no other config helped. */
  refused(message: string): void
  /** Whether a page has its card only if it is loaded as a whole. */
  needsFullLoad(address: string): boolean
}

export function createCardsAwayFromEntry(
  window: Window,
  { platform }: WechatEnvironment,
  entryUrl: string,
): CardsAwayFromEntry {
  let refusal = platform === 'ios' ? remembered(window) : undefined
  let hasCard = false
  const isPossible = () => platform === 'ios' && withoutHash(window.location.href) !== entryUrl
  const learn = (what: string | undefined) => {
    if (refusal === what) return
    refusal = what
    remember(window, what)
  }

  return {
    isPossible,
    refusal: () => (isPossible() ? refusal : undefined),
    taken() {
      hasCard = true
      if (isPossible()) learn(undefined)
    },
    refused(said) {
      // Refused at the entry as well, or never taken at all: it is the account that lacks the permission.
      learn(isPossible() && hasCard ? said : undefined)
    },
    needsFullLoad: (address) =>
      refusal !== undefined && withoutHash(new URL(address, window.location.href).href) !== entryUrl,
  }
}

// Where nothing can be remembered it is found out again on each whole load.
function remembered(window: Window): string | undefined {
  try {
    return window.sessionStorage.getItem(REMEMBERED_AS) ?? undefined
  } catch {
    return undefined
  }
}

function remember(window: Window, refusal: string | undefined): void {
  try {
    if (refusal === undefined) window.sessionStorage.removeItem(REMEMBERED_AS)
    else window.sessionStorage.setItem(REMEMBERED_AS, refusal)
  } catch {
    // found out again
  }
}
