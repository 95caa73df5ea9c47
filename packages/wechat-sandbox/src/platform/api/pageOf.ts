import { z } from 'zod'
import { Errcode } from './errcode.ts'

/** How a part of a long list is asked for. */
export const pageBody = z.object({
  offset: z.coerce.number().int().min(0).default(0),
  count: z.coerce.number().int().default(20),
})

/**
 * A part of a list with the counts that stand beside it.
 *
 * @throws {Errcode} 40097 for less than 1 or more than 20 at once
 */
export function pageOf<One, Item>(
  all: readonly One[],
  { offset, count }: z.output<typeof pageBody>,
  show: (one: One) => Item,
): { total_count: number; item_count: number; item: Item[] } {
  if (count < 1 || count > 20) throw new Errcode(40097)
  const item = all.slice(offset, offset + count).map(show)
  return { total_count: all.length, item_count: item.length, item }
}
