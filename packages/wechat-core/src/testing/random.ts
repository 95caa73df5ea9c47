/**
 * Random numbers from a seed, for tests whose failures must come again. Mulberry32: it mixes the seed well, so that
 * already the first numbers of neighbouring seeds differ.
 */
export interface Random {
  /** A whole number from 0 up to, not including, `end`. */
  below(end: number): number
  pick<T>(list: readonly T[]): T
}

export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  const below = (end: number): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * end)
  }
  return {
    below,
    pick(list) {
      const found = list[below(list.length)]
      if (found === undefined) throw new RangeError('nothing to pick from')
      return found
    },
  }
}

/** The text with one thing done to it: a character changed, dropped, doubled or put in, or its end cut off. */
export function mutated(text: string, random: Random): string {
  const at = random.below(text.length)
  const other = random.pick([...'Aa0/+=<>&]%\u0000é微"\'', '<!--', ']]>', '&#0;', '\r\n'])
  const variants = [
    text.slice(0, at) + other + text.slice(at + 1),
    text.slice(0, at) + text.slice(at + 1),
    text.slice(0, at) + text.slice(at).repeat(2),
    text.slice(0, at) + other + text.slice(at),
    text.slice(0, at),
  ]
  const changed = random.pick(variants)
  return changed === text ? `${text}~` : changed
}
