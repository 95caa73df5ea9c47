import { beforeEach, expect, it } from 'vitest'
import { createClock } from './clock.ts'
import { createCredential, type Credential } from './credential.ts'
import type { Fetched } from './credentialEntry.ts'
import { memoryStore } from './stores/memory.ts'
import type { Store } from './stores/store.ts'

let store: Store
beforeEach(() => {
  store = memoryStore()
})

/** A process of its own on the shared store, whose answers from WeChat come when the test says so. */
function process() {
  const asked: ((fetched: Fetched) => void)[] = []
  const credential: Credential = createCredential({
    name: 'access_token',
    key: 'k',
    store,
    clock: createClock(Date.now),
    machine: 'm',
    onEvent: () => undefined,
    fetch: () => new Promise((done) => asked.push(done)),
  })
  return {
    credential,
    asked,
    answer: async (value: string) => (
      await until(() => asked.length > 0),
      asked.shift()?.({ value, expiresIn: 7200 })
    ),
  }
}
const until = async (ready: () => boolean) => {
  while (!ready()) await new Promise((done) => setTimeout(done, 5))
}

it('a process that slept through its lease can not overwrite what came after it', async () => {
  const [slow, quick] = [process(), process()]
  const slowly = slow.credential.get()
  await until(() => slow.asked.length === 1)
  await store.delete('k:lease') // it slept, its lease has ended
  const quickly = quick.credential.get()
  await quick.answer('newer')
  expect(await quickly).toBe('newer')
  await slow.answer('older')
  expect(await slowly).toBe('newer')
  expect(JSON.parse((await store.get('k')) ?? '{}')).toMatchObject({ value: 'newer', fence: 2 })
})

it('nor bring back an older one after the newer was dropped', async () => {
  const [slow, quick] = [process(), process()]
  void slow.credential.get()
  await until(() => slow.asked.length === 1)
  await store.delete('k:lease')
  const quickly = quick.credential.get()
  await quick.answer('newer')
  await quickly
  const renewed = quick.credential.renew({ value: 'newer', fence: 2 }) // WeChat refused it
  await until(() => quick.asked.length === 1)
  await slow.answer('older')
  await new Promise((done) => setTimeout(done, 20))
  expect(await store.get('k')).toBeUndefined()
  await quick.answer('newest')
  expect(await renewed).toMatchObject({ value: 'newest' })
})

it('who comes late with a value that was renewed already causes no request', async () => {
  const one = process()
  const first = one.credential.get()
  await one.answer('first')
  await first
  const renewed = one.credential.renew({ value: 'first', fence: 1 })
  await one.answer('second')
  expect(await renewed).toMatchObject({ value: 'second' })
  expect(await one.credential.renew({ value: 'first', fence: 1 })).toMatchObject({ value: 'second' })
  expect(one.asked).toHaveLength(0)
})

it('renews ahead of the end on a site without visitors', async () => {
  const one = process()
  const first = one.credential.get()
  await until(() => one.asked.length === 1)
  one.asked.shift()?.({ value: 'first', expiresIn: 4 })
  expect(await first).toBe('first')
  await expect.poll(() => one.asked.length, { timeout: 8000, interval: 20 }).toBe(1) // nobody called
  expect(await one.credential.get()).toBe('first') // nobody waits either
  one.credential.close()
})

it('a closed one asks no more', async () => {
  const one = process()
  const first = one.credential.get()
  await until(() => one.asked.length === 1)
  one.asked.shift()?.({ value: 'first', expiresIn: 1 })
  await first
  one.credential.close()
  await new Promise((done) => setTimeout(done, 1000))
  expect(one.asked).toHaveLength(0)
})

it('a slow answer does not make a lifetime longer than WeChat meant', async () => {
  let time = 1_760_000_000_000
  const credential = createCredential({
    name: 'access_token',
    key: 'k',
    store,
    clock: createClock(() => time),
    machine: 'm',
    onEvent: () => undefined,
    fetch: async () => {
      time += 4000 // so long was the answer under way
      return { value: 'v', expiresIn: 7200 }
    },
  })
  await credential.get()
  expect(JSON.parse((await store.get('k')) ?? '{}')).toMatchObject({
    expiresAt: 1_760_000_000_000 + 7_200_000,
  })
  credential.close()
})
