import { steadyNow, type Clock } from '../clock.ts'

/** Time that passes only when a test says so, with timers that fire in its order. Hours take milliseconds. */
export class VirtualTime {
  /** True milliseconds since the start; no clock of a machine has a part in it. */
  elapsed = 0
  #timers: { at: number; work: () => void }[] = []

  /** Does the work later. Returns what calls it off. */
  after(ms: number, work: () => void): () => void {
    const timer = { at: this.elapsed + Math.max(0, ms), work }
    const later = this.#timers.findIndex((other) => other.at > timer.at)
    this.#timers.splice(later < 0 ? this.#timers.length : later, 0, timer)
    return () => {
      const index = this.#timers.indexOf(timer)
      if (index >= 0) this.#timers.splice(index, 1)
    }
  }

  sleep(ms: number): Promise<void> {
    return new Promise((done) => void this.after(ms, done))
  }

  /** Lets so many milliseconds pass. */
  async pass(ms: number): Promise<void> {
    const until = this.elapsed + ms
    for (;;) {
      await settled()
      const next = this.#timers[0]
      if (!next || next.at > until) break
      this.#timers.shift()
      this.elapsed = next.at
      next.work()
    }
    this.elapsed = until
  }
}

/** A machine in that time: its system clock can be set, and its processes can be killed. */
export class VirtualMachine {
  /** Milliseconds by which the system clock is ahead of the truth. */
  offset = 0
  readonly #time: VirtualTime

  constructor(time: VirtualTime) {
    this.#time = time
  }

  /** The clock of a new process. Once that is dead, nothing that it waits for happens. */
  startProcess(): { clock: Clock; kill: () => void } {
    const time = this.#time
    let isAlive = true
    const wall = () => 1_760_000_000_000 + time.elapsed + this.offset
    const after = (ms: number, work: () => void) => time.after(ms, () => isAlive && work())
    const clock: Clock = {
      wall,
      now: steadyNow(wall, () => time.elapsed),
      after,
      sleep: (ms) => new Promise((done) => void after(ms, done)),
    }
    return { clock, kill: () => (isAlive = false) }
  }
}

// All that can happen without time passing has happened.
const settled = (): Promise<void> => new Promise((done) => setImmediate(done))
