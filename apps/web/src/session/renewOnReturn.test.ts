import { beforeEach, expect, it } from 'vitest'
import { renewOnReturn } from './renewOnReturn'
import type { User } from './sessionApi'

const lin: User = { openid: 'o1', scope: 'snsapi_userinfo', nickname: 'Lin' }
/** Who the server says is there now. */
let there: User | null
let asked: number
let loads: number
beforeEach(() => {
  there = null
  asked = loads = 0
})

async function comeBack({
  persisted = true,
  ready = true,
  offline = false,
  knew = null as User | null,
} = {}) {
  const session = {
    ready,
    user: knew,
    snapshot: false,
    async load() {
      asked++
      if (offline) throw new Error('offline')
      session.user = there && { ...there }
    },
  }
  const window = Object.assign(new EventTarget(), { location: { reload: () => loads++ } })
  renewOnReturn(window as unknown as Window, session)
  window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted }))
  await new Promise((done) => setTimeout(done))
}

it('a page from before the login is loaded again, and so is one from before the logout', async () => {
  there = lin
  await comeBack()
  expect(loads).toBe(1)
  there = null
  await comeBack({ knew: lin })
  expect(loads).toBe(2)
})

it('stays where the same person is there', async () => {
  there = lin
  await comeBack({ knew: lin })
  expect([asked, loads]).toEqual([1, 0])
})

it.each([
  ['was loaded in the usual way', { persisted: false }, 0],
  ['never asked who is there', { ready: false }, 0],
  ['has no network', { offline: true, knew: lin }, 1],
])('stays where the page %s', async (_case, change, questions) => {
  there = lin
  await comeBack(change)
  expect([asked, loads]).toEqual([questions, 0])
})
