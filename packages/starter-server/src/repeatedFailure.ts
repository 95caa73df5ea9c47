import type { Logger } from 'pino'
import { fieldsOf } from './describeError.ts'

const EVERY = 60_000 // milliseconds

export interface RepeatedFailureOptions {
  log: Pick<Logger, 'warn'>
  /** What did not go as it should, e.g. `page served without a JS-SDK config`. */
  what: string
}

/**
 * For what fails at every request while something is away. A person has to hear of it once, with the code and what to
 * do, and from then on at most once a minute how often it has happened.
 *
 * @returns what to call at each failure
 */
export function repeatedFailure({ log, what }: RepeatedFailureOptions): (error: unknown) => void {
  const since = new Map<string, number>() // by code
  return (error) => {
    const code = codeOf(error)
    const count = since.get(code)
    if (count !== undefined) return void since.set(code, count + 1)
    const fields = error instanceof Error ? fieldsOf(error) : {}
    // Where an error says what to do, its stack says nothing more.
    log.warn(
      'hint' in fields ? { failure: fields } : { err: error },
      [`${what}: ${code}`, fields['hint']].filter(Boolean).join('. '),
    )
    countAnew(code)
  }

  function countAnew(code: string): void {
    since.set(code, 0)
    setTimeout(() => {
      const count = since.get(code) ?? 0
      since.delete(code)
      if (count === 0) return
      log.warn(`${what}: ${code}, ${count} more ${count === 1 ? 'time' : 'times'} in the last minute`)
      countAnew(code)
    }, EVERY).unref()
  }
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}
