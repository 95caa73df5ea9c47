import type { ShareCard } from './shareCard.ts'
import type { ShareResult, ShareOptions } from './sharing.ts'
import { toWechatError, type WechatError } from './wechatError.ts'

/**
 * `pending`: on its way. `ready`: WeChat has stored the card. `legacy`: the card is given the old way, which WeChat
 * doesn't confirm. `posted`: it is given to the mini program around the page. `failed`: there is none; people share a
 * default card. `covered`: a newer part of the page has its own card set, or this one is not shown; its card comes back
 * when it is the newest again.
 */
export type CardStatus = 'pending' | 'ready' | Exclude<ShareResult, 'set'> | 'failed' | 'covered'

/** What one part of a page has to say about the card. */
export interface CardClaim {
  /** The card to share from now on, also where only the address has changed. `undefined`: not known yet. */
  want(card: ShareCard | undefined): void
  /** The part is shown again: it counts as the newest. */
  show(): void
  /** It is kept, but not shown. */
  hide(): void
  /** Sets the card again. Settles when WeChat has answered. */
  refresh(): Promise<void>
  /** It is gone. */
  release(): void
}

export type OnCardStatus = (status: CardStatus, error: WechatError | undefined) => void

export interface CardStackOptions {
  window: Window
  share: (card: ShareCard, options: ShareOptions) => Promise<ShareResult | undefined>
  /** Whether WeChat may still accept the last config, without telling. */
  isUndecided: () => boolean
}

interface Entry {
  card: ShareCard | undefined
  /** The card has not been given to WeChat yet. */
  isNew: boolean
  /** WeChat has refused this very card: the one below is better than that of another page. */
  isRefused: boolean
  isShown: boolean
  /** What is shown in one round, say a page and the dialog that was open on it, keeps its order. */
  round: number
  order: number
  status: CardStatus
  error: WechatError | undefined
  /** How often it was asked again whether WeChat has come to accept it. */
  asked: number
}

const ASK_AGAIN_AFTER = [5000, 10_000, 20_000] // milliseconds
const MAY_BE_THE_NETWORK = new Set<string | undefined>(['not_signed', 'script_not_loaded', 'no_answer'])

/**
 * Of several parts of a page that want a card, the newest that is shown and has one gets it. The card is set again when
 * the page comes back to the foreground, when the network does, and when an answer of WeChat came late.
 */
export function createCardStack({ window, share, isUndecided }: CardStackOptions) {
  const entries = new Map<Entry, OnCardStatus>()
  let top: Entry | undefined
  let again = false
  let round = 0
  let arranged: Promise<void> | undefined
  let answered: Promise<void> | undefined
  let controller: AbortController | undefined

  // In one go, after all that happens at once: a page that goes, one that comes, a dialog on it.
  function change(): void {
    arranged ??= Promise.resolve().then(() => {
      arranged = undefined
      round++
      arrange()
    })
  }

  function arrange(): void {
    const shown = [...entries.keys()]
      .filter(({ isShown }) => isShown)
      .sort((a, b) => a.round - b.round || a.order - b.order)
    const before = top
    top = shown.filter(({ card, isRefused }) => card && !isRefused).pop()
    const covered = top ? shown.indexOf(top) : 0
    for (const entry of entries.keys()) {
      if (entry === top || (entry.isRefused && entry.isShown)) continue
      tell(entry, entry.isShown && shown.indexOf(entry) >= covered ? 'pending' : 'covered')
    }
    if (top && (top !== before || top.isNew)) tell(top, 'pending')
    else if (!again && top) return
    again = false
    controller?.abort()
    if (top) answered = set(top)
  }

  async function set(entry: Entry, onlyInForce = false): Promise<void> {
    const { signal } = (controller = new AbortController())
    entry.isNew = false
    try {
      const shared = entry.card && (await share(entry.card, { signal, onlyInForce }))
      if (shared && !signal.aborted) tell(entry, shared === 'set' ? 'ready' : shared)
    } catch (reason) {
      if (!signal.aborted) fail(entry, toWechatError(reason), signal)
    }
  }

  function fail(entry: Entry, error: WechatError, signal: AbortSignal): void {
    tell(entry, 'failed', error)
    if (error.code === 'card_refused') {
      entry.isRefused = true
      change()
    }
    const wait = ASK_AGAIN_AFTER[entry.asked]
    if (error.code !== 'not_permitted' || !isUndecided() || wait === undefined) return
    entry.asked++
    setTimeout(() => void (signal.aborted || set(entry, true)), wait)
  }

  function tell(entry: Entry, status: CardStatus, error?: WechatError): void {
    if (entry.status === status && entry.error === error) return
    Object.assign(entry, { status, error })
    entries.get(entry)?.(status, error)
  }

  function renew(): void {
    for (const entry of entries.keys()) entry.isRefused = false
    again = true
    change()
  }

  function listen(): void {
    const { document } = window
    // Meanwhile another page may have set its own card.
    window.addEventListener('pageshow', ({ persisted }) => persisted && renew())
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && renew())
    window.addEventListener('online', () => MAY_BE_THE_NETWORK.has(top?.error?.code) && renew())
  }

  let order = 0
  return {
    /** Takes part, on top of those that do already. Nothing is shared before a card is wanted. */
    claim(onStatus: OnCardStatus): CardClaim {
      if (order === 0) listen()
      const entry: Entry = {
        ...{ card: undefined, isNew: true, isRefused: false, isShown: true, round, order: order++ },
        ...{ status: 'pending', error: undefined, asked: 0 },
      }
      entries.set(entry, onStatus)
      return {
        want(card) {
          Object.assign(entry, { card, isNew: true, isRefused: false, asked: 0 })
          change()
        },
        show() {
          if (entry.isShown) return
          Object.assign(entry, { isShown: true, round, isRefused: false })
          change()
        },
        hide() {
          entry.isShown = false
          change()
        },
        async refresh() {
          if (entry !== top && !entry.isRefused) return
          renew()
          await arranged
          await answered
        },
        release() {
          entries.delete(entry)
          change()
        },
      }
    },
    /** Something that was given up has come after all. */
    late: () => void (top?.status === 'failed' && renew()),
  }
}
