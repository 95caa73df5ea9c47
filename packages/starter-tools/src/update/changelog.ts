/**
 * What a changelog says that an older one did not: the sections (headings of the second level) that are new, and of a
 * section that has grown, like "Unreleased", the lines that are new.
 */
export function changelogBetween(older: string, newer: string): string {
  const known = new Map(sectionsOf(older))
  return sectionsOf(newer)
    .flatMap(([heading, lines]) => {
      const before = known.get(heading)
      const added = before ? lines.filter((line) => !before.includes(line)) : lines
      return added.length > 0 ? [[heading, '', ...added].join('\n')] : []
    })
    .join('\n\n')
}

function sectionsOf(text: string): [heading: string, lines: string[]][] {
  return text
    .split(/^(?=## )/m)
    .filter((section) => section.startsWith('## '))
    .map((section) => {
      const [heading = '', ...lines] = section.trim().split('\n')
      return [heading, lines.slice(lines[0] === '' ? 1 : 0)]
    })
}
