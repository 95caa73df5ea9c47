import { z } from 'zod'
import type { Clock } from './clock.ts'

/** What WeChat gave. */
export interface Fetched {
  value: string
  /** The remaining seconds that WeChat reports. */
  expiresIn: number
  /** The fence of the credential that this one was made with. */
  madeWith?: number | undefined
}

const entrySchema = z.object({
  value: z.string().min(1),
  writtenAt: z.number(),
  refreshAt: z.number(),
  expiresAt: z.number(),
  fence: z.number(),
  madeWith: z.number().optional(),
})

/**
 * A credential in the memory of a process, its times on this process's own clock. `writtenAt` is from before WeChat was
 * asked: that is where its lifetime counts from.
 */
export type Entry = z.infer<typeof entrySchema>

// In the store the times are those of the writer's system clock, and by how much that had been set back in its life.
const storedSchema = entrySchema.extend({ setBack: z.number().nonnegative().default(0) })

const LONGEST_MARGIN = 300_000 // WeChat itself hands out the next stable_token 5 minutes early

export function toEntry({ value, expiresIn, madeWith }: Fetched, fence: number, writtenAt: number): Entry {
  const lifetime = expiresIn * 1000
  const expiresAt = writtenAt + lifetime
  return {
    value,
    writtenAt,
    refreshAt: expiresAt - Math.min(LONGEST_MARGIN, lifetime / 4),
    expiresAt,
    fence,
    madeWith,
  }
}

/** The entry as other processes can read it. */
export function writeEntry(entry: Entry, clock: Clock): string {
  const setBack = Math.max(0, clock.now() - clock.wall())
  return JSON.stringify({ ...shifted(entry, -setBack), setBack })
}

const CLOCKS_DIFFER = 5_000 // milliseconds by which two machines' clocks may well be apart

/**
 * The entry in a store's value, on this process's clock. Undefined for none, and for what another version has written.
 *
 * Its age is the greater one of what the system clocks and what the steady clocks of writer and reader say: so a clock
 * that was set back makes no lifetime longer. What was written in the future is not believed: one of two clocks is
 * wrong, and nobody knows how much of its life is left.
 */
export function readEntry(text: string | undefined, clock: Clock): Entry | undefined {
  const stored = text === undefined ? undefined : storedSchema.safeParse(parseJson(text)).data
  if (!stored) return undefined
  const { setBack, ...entry } = stored
  const now = clock.now()
  const age = Math.max(clock.wall() - entry.writtenAt, now - (entry.writtenAt + setBack))
  return age < -CLOCKS_DIFFER ? undefined : shifted(entry, now - Math.max(0, age) - entry.writtenAt)
}

function shifted(entry: Entry, ms: number): Entry {
  const { writtenAt, refreshAt, expiresAt } = entry
  return { ...entry, writtenAt: writtenAt + ms, refreshAt: refreshAt + ms, expiresAt: expiresAt + ms }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
