// What somebody filled in, while they are away for the login. It stays in this tab, and is gone once it is sent.

export type Draft = Record<string, string | boolean>

const keyOf = (slug: string) => `signup:${slug}`

export function keepDraft(slug: string, draft: Draft): void {
  try {
    sessionStorage.setItem(keyOf(slug), JSON.stringify(draft))
  } catch {
    // Where nothing can be stored, it has to be filled in once more.
  }
}

export function readDraft(slug: string): Draft | undefined {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(keyOf(slug)) ?? 'null')
    return isDraft(kept) ? kept : undefined
  } catch {
    return undefined
  }
}

export function dropDraft(slug: string): void {
  try {
    sessionStorage.removeItem(keyOf(slug))
  } catch {
    // Nothing was stored.
  }
}

const isDraft = (kept: unknown): kept is Draft =>
  typeof kept === 'object' &&
  kept !== null &&
  Object.values(kept).every((value) => typeof value === 'string' || typeof value === 'boolean')
