/** The known name that somebody most likely meant; undefined where none is near. */
export function nearest(given: string, known: readonly string[]): string | undefined {
  const most = Math.min(3, Math.ceil(given.length / 2))
  const [best] = known
    .map((name) => ({ name, distance: distance(given.toLowerCase(), name.toLowerCase()) }))
    .filter((one) => one.distance <= most)
    .sort((one, other) => one.distance - other.distance)
  return best?.name
}

// Levenshtein: how many letters to add, drop or change.
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (const [at, letter] of [...one].entries()) {
    const next = [at + 1]
    for (const [column, wanted] of [...other].entries()) {
      const [above, left, corner] = [row[column + 1] ?? 0, next[column] ?? 0, row[column] ?? 0]
      next.push(Math.min(above + 1, left + 1, corner + (letter === wanted ? 0 : 1)))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
