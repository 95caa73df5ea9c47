import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'

export interface EndingParts {
  log: Pick<Logger, 'info' | 'warn'>
  /** Told first: whoever asks whether this process is ready learns that it is not. */
  ending: AbortController
  /** Answers who is there, and takes nobody new. */
  stop: () => Promise<void>
  /** Waits for work that nobody waits for. */
  settled: () => Promise<void>
  /** Gives back what is open. */
  close: () => Promise<void>
  /** Milliseconds from the signal to the end, whatever is still open. Default 9,500: Docker and others kill after 10 seconds. */
  longest?: number
}

const LONGEST = 9_500
const SAME_SIGNAL = 1_000 // milliseconds: passed on by what started this process as well

/**
 * Ends the process on SIGTERM and SIGINT, with exit code 0, once everybody is answered. SIGTERM again changes nothing, for
 * supervisors send it twice; SIGINT again is a person who does not wait, and ends it at once with exit code 1.
 */
export function endOnSignals(parts: EndingParts): void {
  const { log, ending, longest = LONGEST } = parts
  let begunAt: number | undefined

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (begunAt !== undefined) {
      if (signal === 'SIGINT' && performance.now() - begunAt > SAME_SIGNAL) process.exit(1)
      return
    }
    const startedAt = (begunAt = performance.now())
    log.info(`${signal}: the server ends once everybody is answered`)
    ending.abort()
    for (const [what, work] of [
      ['answers', parts.stop],
      ['work in the background', parts.settled],
      ['the store', parts.close],
    ] as const) {
      const timer = new AbortController()
      const left = Math.max(0, longest - (performance.now() - startedAt))
      const timeIsUp = sleep(left, true, { signal: timer.signal }).catch(() => false)
      const ended = work().catch((err: unknown) => log.warn({ err }, `${what}: not ended well`))
      if (await Promise.race([ended.then(() => false), timeIsUp]))
        log.warn(`the server ends without waiting longer for ${what}`)
      timer.abort()
    }
    process.exit(0)
  }

  process.on('SIGTERM', (signal) => void end(signal))
  process.on('SIGINT', (signal) => void end(signal))
}
