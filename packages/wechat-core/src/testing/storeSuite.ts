import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Store } from '../stores/store.ts'

export interface StoreSuiteOptions {
  /** Opens an empty store that reads the given clock, if it can be given one. */
  open: (now: () => number) => Promise<Store>
  /** True for a store with a clock of its own: the suite then waits for real. */
  ownClock?: boolean
}

/** What every store must do. A new store's own test calls this and adds only what is special about it. */
export function storeSuite(name: string, options: StoreSuiteOptions): void {
  describe(`${name}: the store contract`, () => {
    let store: Store
    let time: number
    // Lets milliseconds pass. A store with its own clock counts them from its own now: a little more is waited.
    const pass = async (ms: number) => {
      time += ms
      if (options.ownClock) await new Promise((done) => setTimeout(done, ms + 20))
    }

    beforeEach(async () => {
      time = 1_760_000_000_000
      store = await options.open(() => time)
    })
    afterEach(() => store.close())

    it('gives back what was set, and undefined for what was not', async () => {
      expect(await store.get('a')).toBeUndefined()
      await store.set('a', 'one')
      await store.set('a', 'two')
      expect(await store.get('a')).toBe('two')
    })

    it.each(['', '中文 🍵 \u0000 "quotes"', '__proto__', 'x'.repeat(5000), '\ud83c\udf75'])(
      'keeps the value %#',
      async (value) => {
        await store.set('constructor', value)
        expect(await store.get('constructor')).toBe(value)
      },
    )

    it('forgets a value when its time is over, and not before', async () => {
      await store.set('a', 'one', 1000)
      await pass(options.ownClock ? 700 : 999)
      expect(await store.get('a')).toBe('one')
      await pass(options.ownClock ? 300 : 1)
      expect(await store.get('a')).toBeUndefined()
    })

    it('a later set without ttl makes a value stay', async () => {
      await store.set('a', 'one', 1000)
      await store.set('a', 'two')
      await pass(1100)
      expect(await store.get('a')).toBe('two')
    })

    it('add writes only where nothing is', async () => {
      expect(await store.add('a', 'one', 1000)).toBe(true)
      expect(await store.add('a', 'two', 1000)).toBe(false)
      expect(await store.get('a')).toBe('one')
      await pass(1000)
      expect(await store.add('a', 'three', 1000)).toBe(true)
      expect(await store.get('a')).toBe('three')
    })

    it('of 50 that add at once, one wins', async () => {
      const won = await Promise.all(Array.from({ length: 50 }, (_, i) => store.add('a', String(i), 1000)))
      expect(won.filter(Boolean)).toHaveLength(1)
    })

    it('replace writes only over the expected value', async () => {
      expect(await store.replace('a', 'one', 'two')).toBe(false)
      await store.set('a', 'one', 1000)
      expect(await store.replace('a', 'other', 'two')).toBe(false)
      expect(await store.replace('a', 'one', 'two', 2000)).toBe(true)
      await pass(1200)
      expect(await store.get('a')).toBe('two')
      await pass(800)
      expect(await store.replace('a', 'two', 'three')).toBe(false)
    })

    it('of 50 that take at once, one gets the value', async () => {
      await store.set('a', 'one')
      const got = await Promise.all(Array.from({ length: 50 }, () => store.take('a')))
      expect(got.filter((value) => value === 'one')).toHaveLength(1)
      expect(await store.get('a')).toBeUndefined()
    })

    it('take gives nothing for an expired value', async () => {
      await store.set('a', 'one', 1000)
      await pass(1000)
      expect(await store.take('a')).toBeUndefined()
    })

    it('increment counts from 1, and 50 at once get 50 numbers', async () => {
      const got = await Promise.all(Array.from({ length: 50 }, () => store.increment('a')))
      expect(got.sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1))
      expect(await store.get('a')).toBe('50')
    })

    it('increment starts again when the time of the first is over', async () => {
      await store.increment('a', 1000)
      await pass(600)
      expect(await store.increment('a', 1000)).toBe(2)
      await pass(400)
      expect(await store.increment('a', 1000)).toBe(1)
    })

    // A store with a clock of its own does not notice ours.
    const ifOurClock = options.ownClock ? undefined : it
    ifOurClock?.('a clock that is set back makes nothing last longer', async () => {
      const eightHours = 28_800_000
      await store.add('lease', 'one', 3000)
      await store.set('note', 'one', 3000)
      await store.increment('window', 3000)
      await store.set('stays', 'one')
      time -= eightHours
      expect(await store.add('lease', 'two', 3000)).toBe(false)
      expect(await store.get('note')).toBe('one')
      expect(await store.increment('window', 3000)).toBe(2)
      await pass(3000)
      expect(await store.add('lease', 'two', 3000)).toBe(true)
      expect(await store.replace('lease', 'two', 'three', 3000)).toBe(true)
      expect(await store.take('note')).toBeUndefined()
      expect(await store.increment('window', 3000)).toBe(1)
      expect(await store.get('stays')).toBe('one')
    })

    it('delete removes, also what is not there', async () => {
      await store.set('a', 'one')
      await store.delete('a')
      await store.delete('a')
      expect(await store.get('a')).toBeUndefined()
    })

    it('delete with an expected value spares a newer one', async () => {
      await store.set('a', 'new')
      await store.delete('a', 'old')
      expect(await store.get('a')).toBe('new')
      await store.delete('a', 'new')
      expect(await store.get('a')).toBeUndefined()
    })
  })
}
