/** A text in three: what is the same at the start, what differs, what is the same at the end. */
export type Parts = [before: string, differs: string, after: string]

/** Splits two texts at their first and at their last difference, between characters as people count them. */
export function split(one: string, other: string): [Parts, Parts] {
  const [a, b] = [[...one], [...other]]
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++
  const parts = (chars: string[]): Parts => [
    chars.slice(0, start).join(''),
    chars.slice(start, chars.length - end).join(''),
    chars.slice(chars.length - end).join(''),
  ]
  return [parts(a), parts(b)]
}
