import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { memoryStore } from '../stores/memory.ts'
import type { Store } from '../stores/store.ts'
import { createWechat } from '../wechat.ts'
import { createLogin, LoginError } from './login.ts'
import { createMembers } from './members.ts'

it('a second callback waits by the clock, however slow the store is', async () => {
  const inner = memoryStore()
  const store: Store = {
    ...inner,
    async get(key) {
      await sleep(200)
      return inner.get(key)
    },
  }
  const wechat = createWechat({ appId: 'wx1', appSecret: 'x', store, apiUrl: 'http://127.0.0.1:9' })
  const now = Date.now
  const members = createMembers({ wechat, store, now })
  const login = createLogin({ wechat, store, members, now, createSessionId: () => 'one', waitForTwin: 1_000 })
  const { state, browserKey } = await login.start('snsapi_base', '/')
  const [key, text] = [`login:${state}`, (await inner.get(`login:${state}`)) ?? '']
  await inner.set(key, text.replace('"open"', '"busy"')) // its twin never ends

  const startedAt = performance.now()
  await expect(login.finish({ state, code: 'abc', browserKey })).rejects.toBeInstanceOf(LoginError)
  // Counted by its pauses of 50 ms it would be 20 of them and 20 slow looks: 5 seconds.
  expect(performance.now() - startedAt).toBeLessThan(3_000)
  wechat.close()
})
