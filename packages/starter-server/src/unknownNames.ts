/**
 * Says which variables nothing reads, each with the nearest that is known: a misspelt one would be without effect.
 *
 * @param raw the environment
 * @param among the names that are read, and how those begin that are looked at
 */
export function unknownNames(
  raw: Record<string, unknown>,
  { known, prefix }: { known: string[]; prefix: string },
): string[] {
  return Object.keys(raw)
    .filter((name) => name.startsWith(prefix) && !known.includes(name))
    .map((name) => {
      const nearest = [...known].sort((a, b) => distance(name, a) - distance(name, b))[0]
      return `${name} is set, but nothing reads it. Did you mean ${nearest}?`
    })
}

// Edit distance: how many letters to change, insert or drop.
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
