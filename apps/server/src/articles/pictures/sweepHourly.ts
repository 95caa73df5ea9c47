import type { Logger } from 'pino'
import type { Pictures } from './pictures.ts'

const HOUR = 3_600_000 // milliseconds

/** Deletes what nobody used every hour, until the process is about to end: also where nobody uploads anything more. */
export function sweepHourly({
  pictures,
  log,
  ending,
}: {
  pictures: Pick<Pictures, 'sweep'>
  log: Pick<Logger, 'warn'>
  ending: AbortSignal | undefined
}): void {
  const sweep = () =>
    void pictures.sweep().catch((error: unknown) => {
      log.warn({ err: error }, 'pictures that nobody used could not be deleted; the next try is in an hour')
    })
  const timer = setInterval(sweep, HOUR).unref()
  ending?.addEventListener('abort', () => clearInterval(timer), { once: true })
}
