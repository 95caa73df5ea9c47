import { expect, it } from 'vitest'
import { createClock } from './clock.ts'
import { latestFence, withLease } from './lease.ts'
import { memoryStore } from './stores/memory.ts'

it('of several fences that are taken at once none is the same, and all are at least what is asked for', async () => {
  const store = memoryStore()
  const taken = await withLease(store, 'k', createClock(Date.now), ({ takeFence }) =>
    Promise.all([1000, 5, 1000, 2000, 5].map((atLeast) => takeFence(atLeast))),
  )
  const fences = taken?.result ?? []
  expect(new Set(fences).size).toBe(5)
  expect(Math.min(...fences)).toBeGreaterThanOrEqual(5)
  expect(Math.max(...fences)).toBeGreaterThanOrEqual(2000)
  expect(await latestFence(store, 'k')).toBe(Math.max(...fences))
})

it('goes on from the numbers that an earlier release counted', async () => {
  const store = memoryStore()
  for (let i = 0; i < 17; i++) await store.increment('k:fence')
  const taken = await withLease(store, 'k', createClock(Date.now), ({ takeFence }) => takeFence(3))
  expect(taken?.result).toBe(18)
})
