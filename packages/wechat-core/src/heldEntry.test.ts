import { expect, it } from 'vitest'
import type { Entry } from './credentialEntry.ts'
import { heldEntry } from './heldEntry.ts'

const HOUR = 3_600_000
const ticket = (fields: Partial<Entry>): Entry => ({
  ...{ value: 'ticket', fence: 1, madeWith: 1, writtenAt: 0, refreshAt: HOUR, expiresAt: 2 * HOUR },
  ...fields,
})

it('a ticket is doubted with its token, and its successor is not: WeChat may give the same value again', () => {
  const held = heldEntry(() => 0)
  const before = ticket({ fence: 19, madeWith: 5 })
  const after = ticket({ fence: 19, madeWith: 6 }) // a store that was set back gives a fence twice
  held.put(before)
  held.fetched(after)
  held.doubtMadeWith(5)
  expect(held.isFresh(before)).toBe(false)
  expect(held.isUsable(before)).toBe(true)
  expect(held.isFresh(after)).toBe(true)
})

it('lower fences after a store was set back are no reason to doubt what WeChat has just given', () => {
  const held = heldEntry(() => 0)
  held.doubtMadeWith(7)
  const given = ticket({ madeWith: 2 })
  held.fetched(given)
  expect(held.isFresh(given)).toBe(true)
  expect(held.isFresh(ticket({ madeWith: 1 }))).toBe(false)
})
