/** The platform's time. It runs with its base, and can be moved forward. */
export interface Clock {
  /** Milliseconds since 1970. */
  now: () => number
  /** @param seconds how far the clock jumps; tokens, codes and media end as if this time had passed */
  forward: (seconds: number) => void
  /** How many seconds it is ahead of its base. */
  ahead: () => number
}

/** @param base milliseconds since 1970, e.g. `Date.now` */
export function createClock(base: () => number): Clock {
  let shift = 0
  return {
    now: () => base() + shift,
    forward(seconds) {
      if (!Number.isFinite(seconds) || seconds < 0)
        throw new RangeError(`The clock moves forward by a number of seconds, not by ${seconds}.`)
      shift += seconds * 1000
    },
    ahead: () => shift / 1000,
  }
}
