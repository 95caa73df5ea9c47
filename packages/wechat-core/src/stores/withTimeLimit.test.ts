import { stat } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { inspect } from 'node:util'
import { beforeEach, describe, expect, it } from 'vitest'
import { memoryStore } from './memory.ts'
import { StoreError, type Store } from './store.ts'
import { withTimeLimit } from './withTimeLimit.ts'

const FAILED = { name: 'StoreError' }
const LIMIT = 100 // milliseconds

let hangs: boolean
let asked: number
let hung: number
let inner: Store
let store: Store
beforeEach(() => {
  hangs = false
  asked = 0
  hung = 0
  const memory = memoryStore()
  const answer = <T>(work: () => Promise<T>): Promise<T> => {
    asked++
    return hangs ? new Promise(() => undefined) : work()
  }
  inner = {
    ...memory,
    get: (key) => answer(() => memory.get(key)),
    set: (key, value) => answer(() => memory.set(key, value)),
  }
  store = limited(inner)
})
const limited = (one: Store) =>
  withTimeLimit(one, { name: 'It', limit: LIMIT, onHang: () => hung++, safeReason: () => 'told' })

describe('a store that hangs', () => {
  it('is given up in time, and told of', async () => {
    hangs = true
    await expect(store.get('a')).rejects.toMatchObject({
      ...FAILED,
      message: expect.stringMatching(/100 ms/),
    })
    expect(hung).toBe(1)
  })

  it('is left alone after three in a row; then one asks for all, until it answers', async () => {
    hangs = true
    for (let i = 0; i < 3; i++) await expect(store.get('a')).rejects.toMatchObject(FAILED)
    const refused = await Promise.allSettled(Array.from({ length: 100 }, () => store.get('a')))
    expect(refused.every(({ status }) => status === 'rejected')).toBe(true)
    expect(asked).toBe(3)
    await sleep(1_100)
    await Promise.allSettled(Array.from({ length: 100 }, () => store.get('a')))
    expect(asked).toBe(4)
    hangs = false
    await sleep(1_100)
    expect(await store.get('a')).toBeUndefined()
    await Promise.all(Array.from({ length: 100 }, () => store.get('a')))
    expect(asked).toBe(105)
  })

  it('is still read while it takes no writes', async () => {
    const half = limited({ ...inner, set: () => new Promise(() => undefined) })
    for (let i = 0; i < 5; i++) await expect(half.set('a', 'one')).rejects.toMatchObject(FAILED)
    expect(await half.get('a')).toBeUndefined()
  })
})

it('a failure while one caller tries for all does not keep the others away', async () => {
  hangs = true
  for (let i = 0; i < 3; i++) await store.get('a').catch(() => undefined)
  await sleep(1_100)
  hangs = false
  inner.get = () => Promise.reject(new StoreError('there is no connection'))
  const again = () => store.get('a').catch((error: Error) => error.message)
  expect([await again(), await again()]).toEqual(['[store] It failed: told', '[store] It failed: told'])
})

it('a failure is told in the words that may be told', async () => {
  inner.get = () => Promise.reject(new Error('password hunter2'))
  const error = await store.get('a').catch((reason: Error) => reason)
  expect(error).toMatchObject({ ...FAILED, message: '[store] It failed: told' })
  expect(inspect(error)).not.toContain('hunter2')
})

it('a pause of this process is not held against the store', async () => {
  const slow = limited({ ...inner, get: async () => String((await stat('.')).isDirectory()) })
  const reading = slow.get('a')
  for (const until = performance.now() + 3 * LIMIT; performance.now() < until;);
  expect(await reading).toBe('true')
  expect(hung).toBe(0)
})
