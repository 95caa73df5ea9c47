import type { Entry } from './credentialEntry.ts'
import { createDistrust } from './distrust.ts'

/** A value, and the number that it was fetched under. */
export type Used = Pick<Entry, 'value' | 'fence'>

/** A credential in the memory of one process, and what this process has learned about its values. */
export interface HeldEntry {
  /** What can be used now. */
  usable(): Entry | undefined
  /** It has not ended, and WeChat has not refused it. */
  isUsable(entry: Entry | undefined): entry is Entry
  /** It is usable, and there is no reason to ask for its successor. */
  isFresh(entry: Entry | undefined): entry is Entry
  /** What a store has is fresh, and not from before what is held: stores are set back, too. */
  isNews(entry: Entry | undefined): entry is Entry
  isRefused(entry: Used): boolean
  /** It comes from WeChat by this process, and not from the store. */
  isOwn(entry: Entry): boolean
  /** Holds it from now on. */
  put(entry: Entry): void
  /** Holds it if it is better than what is there. */
  offer(entry: Entry | undefined): void
  /** WeChat has just given it to this process: whatever was thought of its value is over. */
  fetched(entry: Entry): void
  /** Our own call was refused with it: the value is never used again, unless WeChat gives it to this process again. */
  refuse(used: Used): void
  /** It may have ended: it is used until its successor is there. */
  doubt(used: Used): void
  /** The same of all that was made with that credential, or an earlier one: it may have died with it. */
  doubtMadeWith(fence: number): void
  /**
   * Higher than every fence that this process knows, and at least the time: a store that was set back does not give the
   * same fences again.
   */
  nextFence(): number
}

const ROUNDING = 2_000 // milliseconds: WeChat tells whole seconds

export function heldEntry(now: () => number): HeldEntry {
  const refused = createDistrust()
  const doubted = createDistrust()
  const fetchedHere = new WeakSet<Entry>()
  let held: Entry | undefined
  let highestFence = 0
  let doubtedMadeWith = -Infinity

  const isMadeWithDoubted = ({ madeWith }: Entry): boolean =>
    madeWith !== undefined && madeWith <= doubtedMadeWith

  const isUsable = (entry: Entry | undefined): entry is Entry =>
    entry !== undefined && now() < entry.expiresAt && !refused.covers(entry)
  const isFresh = (entry: Entry | undefined): entry is Entry =>
    isUsable(entry) && now() < entry.refreshAt && !doubted.covers(entry) && !isMadeWithDoubted(entry)

  const isOlder = (entry: Entry): boolean => isUsable(held) && entry.expiresAt < held.expiresAt - ROUNDING

  function put(entry: Entry): void {
    highestFence = Math.max(highestFence, entry.fence)
    held = entry
  }

  return {
    usable: () => (isUsable(held) ? held : undefined),
    isUsable,
    isFresh,
    isNews: (entry): entry is Entry => isFresh(entry) && !isOlder(entry),
    isRefused: (entry) => refused.covers(entry),
    isOwn: (entry) => fetchedHere.has(entry),
    put,
    offer(entry) {
      if (!isUsable(entry) || isOlder(entry)) return
      const [ours, theirs] = [isFresh(held), isFresh(entry)]
      const isBetter = ours === theirs ? entry.expiresAt > (held?.expiresAt ?? 0) : theirs
      if (isBetter || !isUsable(held)) put(entry)
    },
    fetched(entry) {
      refused.clear(entry.value)
      doubted.clear(entry.value)
      // Where the store and a clock were both set back, fences are lower than before.
      if (isMadeWithDoubted(entry)) doubtedMadeWith = (entry.madeWith ?? 0) - 1
      fetchedHere.add(entry)
    },
    refuse({ value, fence }) {
      const isLate = held?.value === value && held.fence > fence && fetchedHere.has(held)
      if (!isLate) refused.add({ value, fence: Infinity })
    },
    doubt: (used) => doubted.add(used),
    doubtMadeWith: (fence) => void (doubtedMadeWith = Math.max(doubtedMadeWith, fence)),
    nextFence: () => Math.max(highestFence + 1, Math.ceil(now())),
  }
}
