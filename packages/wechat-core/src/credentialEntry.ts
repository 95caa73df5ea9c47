import { z } from 'zod'

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
  fetchedAt: z.number(),
  refreshAt: z.number(),
  expiresAt: z.number(),
  fence: z.number(),
  madeWith: z.number().optional(),
})

/** A credential as it is kept, in memory and in the store. Times are milliseconds since 1970. */
export type Entry = z.infer<typeof entrySchema>

const LONGEST_MARGIN = 300_000 // WeChat itself hands out the next stable_token 5 minutes early

export function toEntry({ value, expiresIn, madeWith }: Fetched, fence: number, fetchedAt: number): Entry {
  const lifetime = expiresIn * 1000
  const expiresAt = fetchedAt + lifetime
  return {
    value,
    fetchedAt,
    refreshAt: expiresAt - Math.min(LONGEST_MARGIN, lifetime / 4),
    expiresAt,
    fence,
    madeWith,
  }
}

/** The entry in a store's value; undefined for none, or for what another version has written. */
export function readEntry(text: string | undefined): Entry | undefined {
  if (text === undefined) return undefined
  try {
    return entrySchema.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

/** A clock that was set back would stretch a lifetime: what seems to come from the future is not believed. */
export function isValidAt(entry: Entry | undefined, now: number): entry is Entry {
  return entry !== undefined && now < entry.expiresAt && now >= entry.fetchedAt - 1000
}
