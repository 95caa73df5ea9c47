import { describe, expect, it } from 'vitest'
import { createClock, steadyNow, within } from './clock.ts'

describe('a steady time', () => {
  let wall = 0
  let monotonic = 0
  const start = () => {
    wall = 1_760_000_000_000
    monotonic = 500
    return steadyNow(
      () => wall,
      () => monotonic,
    )
  }
  const pass = (ms: number) => {
    wall += ms
    monotonic += ms
  }

  it('is that of the system clock while nobody sets it', () => {
    const now = start()
    pass(5000)
    expect(now()).toBe(wall)
  })

  it('goes on when the system clock is set back, however often', () => {
    const now = start()
    let before = now()
    for (const back of [1500, 60_000, 86_400_000]) {
      wall -= back
      pass(1000)
      expect(now() - before).toBe(1000)
      before = now()
    }
  })

  it('goes on when the system clock is set right again', () => {
    const now = start()
    const before = now()
    for (const step of [-3_600_000, -1_800_000, 5_400_000, -60_000, 60_000]) {
      wall += step
      pass(1000)
      now()
    }
    expect(now() - before).toBe(5000)
    expect(now()).toBe(wall)
  })

  it('goes ahead with the system clock: the machine may have slept', () => {
    const now = start()
    const before = now()
    wall += 3_600_000
    expect(now() - before).toBe(3_600_000)
  })

  it('counts a sleep after the clock was set back as well', () => {
    const now = start()
    const before = now()
    wall -= 7_200_000
    pass(1000)
    now()
    wall += 3_600_000
    expect(now() - before).toBe(3_601_000)
  })

  it('never goes back by the milliseconds that two clocks differ by', () => {
    const now = start()
    let before = now()
    for (let i = 0; i < 1000; i++) {
      wall += i % 3 === 0 ? -7 : 5
      monotonic += 1
      expect(now()).toBeGreaterThanOrEqual(before)
      before = now()
    }
  })
})

describe('within', () => {
  const clock = createClock(Date.now)

  it('gives what comes in time, and its failure', async () => {
    expect(await within(clock, 5000, Promise.resolve('a'))).toBe('a')
    await expect(within(clock, 5000, Promise.reject(new Error('no')))).rejects.toThrow('no')
  })

  it('gives nothing when it takes longer', async () => {
    expect(await within(clock, 5, new Promise(() => undefined))).toBeUndefined()
  })
})
