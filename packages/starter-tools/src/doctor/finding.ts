/** One thing that the doctor looked at, or cannot see. */
export interface Finding {
  /** Stable, for tests and for those who read the output by machine. */
  id: string
  /** What was looked at, for the reader. */
  what: string
  /** `compare`: it cannot be seen from here; the reader compares. */
  state: 'good' | 'bad' | 'compare'
  /** What was found. */
  detail: string
  /** What to do about it. */
  hint?: string | undefined
  /** The exact values to compare, one a line. */
  values?: readonly string[]
}

const MARKS = { good: '✓', bad: '✗', compare: '?' } as const

/** A finding as lines for a terminal. */
export function toLines({ what, state, detail, hint, values = [] }: Finding): string {
  const below = [...values.map((value) => `      ${value}`), ...(hint ? [`    ${hint}`] : [])]
  return [`${MARKS[state]} ${what}: ${detail}`, ...below].join('\n')
}
