import { setTimeout as sleep } from 'node:timers/promises'
import { beforeEach, describe, expect, it } from 'vitest'
import { memoryStore } from '../stores/memory.ts'
import { StoreError, type Store } from '../stores/store.ts'
import { seededRandom } from '../testing/index.ts'
import { createIdempotency } from './idempotency.ts'

let store: Store
let marks: string[]
let ran: number
let told: unknown[]
beforeEach(() => {
  const inner = memoryStore()
  marks = []
  const add: Store['add'] = (key, ...rest) => (marks.push(key), inner.add(key, ...rest))
  store = { ...inner, add }
  ran = 0
  told = []
})

const LEASE = 2_000
const REMEMBER = 60_000 // milliseconds
const process_ = () => createIdempotency({ store, prefix: 'push:wx1', lease: LEASE })
const onForgotten = (error: unknown) => void told.push(error)
const work = async () => `run ${++ran}`
const loseTheMark = async () => {
  for (const mark of marks) await store.delete(mark)
}

describe('a mark that the store loses', () => {
  it('after the work: the process that did it does not do it again, and says so', async () => {
    const runOnce = process_()
    await runOnce('a', REMEMBER, work, onForgotten)
    await loseTheMark()
    expect(await runOnce('a', REMEMBER, work, onForgotten)).toBe('run 1')
    expect(told).toMatchObject([{ message: expect.stringMatching(/lost the mark/) }])
    expect(await process_()('a', REMEMBER, work, onForgotten)).toBe('run 1') // and the others know again
    expect(told).toHaveLength(1)
  })

  it('during the work: it is told, and a later repetition runs nothing', async () => {
    const losing = async () => {
      await loseTheMark()
      return work()
    }
    expect(await process_()('a', REMEMBER, losing, onForgotten)).toBe('run 1')
    expect(told).toHaveLength(1)
    expect(await process_()('a', REMEMBER, work, onForgotten)).toBe('run 1')
  })

  it('during the work, and another process begins: the one that notices says so', async () => {
    let second: Promise<string | undefined> | undefined
    const losing = async () => {
      await loseTheMark()
      second = process_()('a', REMEMBER, async () => `second ${++ran}`, onForgotten)
      await Promise.resolve()
      return work()
    }
    await process_()('a', REMEMBER, losing, onForgotten)
    await second
    expect(ran).toBe(2)
    expect(told).toHaveLength(1)
  })

  it('at any moment of the work, nothing runs twice in silence', async () => {
    const random = seededRandom(11)
    let twice = 0
    for (let i = 0; i < 200; i++) {
      const [ranBefore, toldBefore] = [ran, told.length]
      const slow = async () => {
        await sleep(random.below(4))
        return work()
      }
      const working = process_()(`push ${i}`, REMEMBER, slow, onForgotten)
      await sleep(random.below(3))
      const wasRunning = ran === ranBefore
      if (wasRunning) await loseTheMark()
      await Promise.all([working, process_()(`push ${i}`, REMEMBER, slow, onForgotten)])
      if (ran - ranBefore < 2) continue
      twice++
      expect(told.length).toBeGreaterThan(toldBefore)
    }
    expect(twice).toBeGreaterThan(10)
  })
})

it('an answer that the store does not take is known to this process all the same', async () => {
  const failing: Store = { ...store, replace: () => Promise.reject(new StoreError('away')) }
  const runOnce = createIdempotency({ store: failing, prefix: 'push:wx1', lease: 400 })
  await runOnce('a', REMEMBER, work, onForgotten)
  expect(told).toMatchObject([{ name: 'StoreError' }])
  expect(await runOnce('a', REMEMBER, work, () => undefined)).toBe('run 1')
})
