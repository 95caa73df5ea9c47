/** The time as one process counts it, and its timers. All times are milliseconds. */
export interface Clock {
  /** Milliseconds since 1970, which never go back: what lifetimes are counted with. See {@link steadyNow}. */
  now(): number
  /** What the system clock shows, which may be set: for what other processes read. */
  wall(): number
  /** Does the work later, without keeping the process alive for it. Returns what calls it off. */
  after(ms: number, work: () => void): () => void
  /** Waits, and keeps the process alive meanwhile. */
  sleep(ms: number): Promise<void>
}

/** The machine's timers, on the given system clock. */
export function createClock(wall: () => number): Clock {
  return {
    now: steadyNow(wall),
    wall,
    after(ms, work) {
      const timer = setTimeout(work, ms).unref()
      return () => clearTimeout(timer)
    },
    sleep: (ms) => new Promise((done) => setTimeout(done, ms)),
  }
}

const JITTER = 1_000 // a system clock that is this much behind was set back; less is rounding

/**
 * A time that never goes back. When the system clock is set back, and when it is set right again, it goes on with the
 * pace of the monotonic clock, so that no lifetime gets longer. Otherwise it goes ahead together with the system clock:
 * while a machine sleeps, only that one counts.
 */
export function steadyNow(
  wall: () => number,
  monotonic: () => number = () => performance.now(),
): () => number {
  let mark = { wall: wall(), monotonic: monotonic() }
  let setBack = 0
  let latest = -Infinity
  return () => {
    const seen = { wall: wall(), monotonic: monotonic() }
    const ahead = seen.wall - mark.wall - (seen.monotonic - mark.monotonic)
    const isSetBack = ahead < -JITTER
    const isSetRight = ahead > JITTER && Math.abs(ahead - setBack) < JITTER
    if (isSetBack || isSetRight) setBack = Math.max(0, setBack - ahead)
    if (isSetBack || ahead > 0) mark = seen
    latest = Math.max(latest, seen.wall + setBack)
    return latest
  }
}

/** What the promise gives, or undefined when that takes longer. Its failure is the caller's. */
export async function within<T>(clock: Clock, ms: number, promise: Promise<T>): Promise<T | undefined> {
  let cancel = (): void => undefined
  const tooLong = new Promise<undefined>((done) => (cancel = clock.after(ms, () => done(undefined))))
  try {
    return await Promise.race([promise, tooLong])
  } finally {
    cancel()
  }
}
