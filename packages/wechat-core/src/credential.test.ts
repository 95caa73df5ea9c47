import { beforeEach, describe, expect, it } from 'vitest'
import { createClock } from './clock.ts'
import { createCredential, type Credential } from './credential.ts'
import type { Fetched } from './credentialEntry.ts'
import { WechatTransportError } from './errors.ts'
import { memoryStore } from './stores/memory.ts'
import type { Store } from './stores/store.ts'
import { VirtualMachine, VirtualTime } from './testing/index.ts'

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

it('a process that slept through its lease cannot overwrite what came after it', async () => {
  const [slow, quick] = [process(), process()]
  const slowly = slow.credential.get()
  await until(() => slow.asked.length === 1)
  await store.delete('k:lease') // it slept, its lease has ended
  const quickly = quick.credential.get()
  await quick.answer('newer')
  expect(await quickly).toBe('newer')
  await slow.answer('older')
  expect(await slowly).toBe('newer')
  expect(JSON.parse((await store.get('k')) ?? '{}')).toMatchObject({ value: 'newer' })
})

it('nor bring back an older one after the newer was dropped', async () => {
  const [slow, quick] = [process(), process()]
  void slow.credential.get()
  await until(() => slow.asked.length === 1)
  await store.delete('k:lease')
  const quickly = quick.credential.current()
  await quick.answer('newer')
  const renewed = quick.credential.renew(await quickly) // WeChat refused it
  await until(() => quick.asked.length === 1)
  await slow.answer('older')
  await new Promise((done) => setTimeout(done, 20))
  expect(await store.get('k')).toBeUndefined()
  await quick.answer('newest')
  expect(await renewed).toMatchObject({ value: 'newest' })
})

it('a caller that comes late with a value that was renewed already causes no request', async () => {
  const one = process()
  const asking = one.credential.current()
  await one.answer('first')
  const first = await asking
  const renewed = one.credential.renew(first)
  await one.answer('second')
  expect(await renewed).toMatchObject({ value: 'second' })
  expect(await one.credential.renew(first)).toMatchObject({ value: 'second' })
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

describe('in virtual time', () => {
  const HOUR = 3_600_000
  let time: VirtualTime
  let machine: VirtualMachine
  let isBroken: boolean
  let latency: number
  let fetched: number
  beforeEach(() => {
    time = new VirtualTime()
    machine = new VirtualMachine(time)
    store = memoryStore({ now: () => time.elapsed })
    isBroken = false
    latency = 100
    fetched = 0
  })

  /** A process whose values are `<name>1`, `<name>2` … and live two hours. */
  function start(name: string, { clock } = machine.startProcess()): Credential {
    const fetch = async (): Promise<Fetched> => {
      fetched++
      await clock.sleep(latency)
      if (isBroken) throw new WechatTransportError({ method: 'GET', path: '/' }, 'wechat_unreachable', 'no')
      return { value: `${name}${fetched}`, expiresIn: 7200 }
    }
    const options = { name, key: 'k', store, clock, machine: 'm', onEvent: () => undefined }
    return createCredential({ ...options, fetch })
  }
  /** What the process gives while time goes on for it. */
  async function after<T>(ms: number, work: Promise<T>): Promise<T> {
    await time.pass(ms)
    return work
  }

  it.each([1, 12, 200])('%i failures in a row do not end the renewal in the background', async (minutes) => {
    const credential = start('v')
    await after(1000, credential.get())
    await time.pass(1.9 * HOUR)
    isBroken = true
    await time.pass(10 * 60_000 + minutes * 60_000) // the value ends, and nobody comes
    isBroken = false
    const before = fetched
    await time.pass(60_000)
    expect(fetched).toBe(before + 1)
    await time.pass(20 * HOUR)
    expect(fetched).toBeGreaterThan(before + 9)
    expect(credential.isHeld()).toBe(true)
  })

  it('a first failure does not either', async () => {
    isBroken = true
    const credential = start('v')
    await expect(after(1000, credential.get().catch(String))).resolves.toMatch(/no$/)
    isBroken = false
    await time.pass(60_000)
    expect(credential.isHeld()).toBe(true)
  })

  it('a value in the store is enough for a new process, while WeChat hangs', async () => {
    const first = start('a')
    await after(1000, first.get())
    first.close()
    await time.pass(1.95 * HOUR) // it is due
    latency = HOUR
    expect(await after(10, start('b').get())).toBe('a1')
    expect(fetched).toBe(2)
  })

  it('follows what another process finds out, within a minute', async () => {
    const [one, other] = [start('a'), start('b')]
    await after(1000, one.get())
    expect(await after(1000, other.get())).toBe('a1')
    await after(1000, one.renew(await one.current()))
    await time.pass(60_000)
    expect(await other.get()).toBe('a2')
  })

  it('what was written on a clock that is ahead lives no longer than the store keeps it', async () => {
    machine.offset = HOUR
    await after(1000, start('ahead').get())
    const right = start('right', new VirtualMachine(time).startProcess())
    await time.pass(1.2 * HOUR)
    expect(await after(1000, right.get())).toBe('ahead1') // by its own count just written
    await time.pass(0.85 * HOUR)
    expect(await after(1000, right.get())).toBe('right3')
  })

  it('what seems to come from the future is not believed', async () => {
    await after(1000, start('a').get())
    machine.offset = -HOUR / 2
    expect(await after(1000, start('b').get())).toBe('b2')
  })

  it('a store that was set back has the newer value again within a minute, from the process that fetched it', async () => {
    const one = start('a')
    await after(1000, one.get())
    const [value, fence] = [await store.get('k'), await store.get('k:fence')]
    await after(1000, one.renew(await one.current()))
    await store.set('k', value ?? '')
    await store.set('k:fence', fence ?? '')
    await time.pass(60_000)
    expect(await after(1000, start('b').get())).toBe('a2')
    expect(fetched).toBe(2)
  })

  it('what was fetched after the store was set back is newer than what was known before', async () => {
    const stable = (): Credential => {
      const fetch = async (): Promise<Fetched> => {
        fetched++
        if (isBroken) throw new WechatTransportError({ method: 'GET', path: '/' }, 'wechat_unreachable', 'no')
        return { value: 'stable', expiresIn: 7200 }
      }
      const { clock } = machine.startProcess()
      return createCredential({
        name: 's',
        key: 'k',
        store,
        clock,
        machine: 'm',
        onEvent: () => undefined,
        fetch,
      })
    }
    const setBack = async (): Promise<void> => {
      for (const key of ['k', 'k:fence', 'k:failure:m', 'k:failure:m:row']) await store.delete(key)
    }
    const [one, other] = [stable(), stable()]
    await after(1000, one.get())
    await after(1000, one.renew(await one.current()))
    await after(1000, other.get())
    one.close()
    await setBack()
    isBroken = true
    await time.pass(60_000) // the other one notices, and cannot ask
    await setBack()
    isBroken = false
    const asked = fetched
    await after(100, stable().get())
    await time.pass(60_000)
    expect(await other.get()).toBe('stable')
    expect(fetched).toBe(asked + 1)
  })

  it('processes that lived through a change of their clock go on sharing', async () => {
    const [one, other] = [start('a'), start('b')]
    await after(1000, Promise.all([one.get(), other.get()]))
    for (const back of [HOUR / 2, 24 * HOUR]) {
      machine.offset -= back
      await time.pass(2 * HOUR)
    }
    expect(fetched).toBe(3)
    expect(await one.get()).toBe(await other.get())
  })
})
