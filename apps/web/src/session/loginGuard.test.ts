import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter, type RouteLocationNormalized } from 'vue-router'
import { checkLogin, scopeOf } from './loginGuard'
import type { LoginScope, User } from './sessionApi'

const page = { render: () => null }
const silent: User = { openid: 'o1', scope: 'snsapi_base' }
const known: User = { openid: 'o1', scope: 'snsapi_userinfo', nickname: 'Lin' }

/** Who the server says is there. */
let session: { user: User | null; snapshot: boolean; load: () => Promise<void>; login: typeof leave }
/** The logins that the person was sent to. */
let sent: [returnTo: string, scope: LoginScope][]
const leave = (returnTo: string, scope: LoginScope) => void sent.push([returnTo, scope])
let stored: Map<string, string>
beforeEach(() => {
  session = { user: null, snapshot: false, load: async () => undefined, login: leave }
  sent = []
  stored = new Map()
})
afterEach(() => vi.useRealTimers())

/** Loads the app at an address, as a browser does: a new router, which knows nothing of the one before. */
async function enter(
  address: string,
  change: { login?: true | LoginScope; inWechat?: boolean; within?: 'wecom' } = {},
) {
  const { login = true, inWechat = true, ...within } = change
  const sessionStorage = {
    getItem: (name: string) => stored.get(name) ?? null,
    setItem: (name: string, value: string) => stored.set(name, value),
    removeItem: (name: string) => stored.delete(name),
  } as unknown as Storage
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', name: 'home', component: page },
      { path: '/members', name: 'members', component: page, meta: { login } },
      { path: '/:rest(.*)*', name: 'login', component: page },
    ],
  })
  const environment = { inWechat, platform: 'ios', version: '8.0.60', ...within } as const
  router.beforeEach((to, from) => checkLogin(to, from, { environment, session, window: { sessionStorage } }))
  await router.push(address)
  return { router, shown: () => router.currentRoute.value as RouteLocationNormalized }
}

it('sends people away and back to the very page, silently unless told otherwise', async () => {
  await enter('/members?a=1#part')
  expect(sent).toEqual([['/members?a=1#part', 'snsapi_base']])
})

it('lets in who is logged in', async () => {
  session.user = silent
  expect((await enter('/members')).shown().name).toBe('members')
  expect(sent).toEqual([])
})

it('leaves other pages alone, and asks the server nothing for them', async () => {
  session.load = () => Promise.reject(new Error('not to be asked'))
  expect((await enter('/')).shown().name).toBe('home')
})

describe('no loop', () => {
  it('who comes back as nobody sees a page with a button, at the same address', async () => {
    await enter('/members')
    const { shown } = await enter('/members')
    expect(sent).toHaveLength(1)
    expect([shown().name, shown().fullPath]).toEqual(['login', '/members'])
  })

  it('after ten minutes, or after a login that went well, the way is open again', async () => {
    vi.useFakeTimers()
    await enter('/members')
    vi.setSystemTime(Date.now() + 601_000)
    await enter('/members')
    expect(sent).toHaveLength(2)
    session.user = silent
    await enter('/members')
    session.user = null
    await enter('/members')
    expect(sent).toHaveLength(3)
  })

  it('where nothing can be remembered nobody is sent away', async () => {
    vi.spyOn(stored, 'get').mockImplementation(() => {
      throw new Error('SecurityError')
    })
    expect((await enter('/members')).shown().name).toBe('login')
    expect(sent).toEqual([])
  })
})

it.each([
  ['outside WeChat', { inWechat: false }, {}],
  ['in WeCom, where this login cannot succeed,', { inWechat: false, within: 'wecom' as const }, {}],
  ['in a snapshot', {}, { snapshot: true }],
  ['while the server does not answer', {}, { load: () => Promise.reject(new Error('offline')) }],
])('%s nobody is sent away, and a page says why', async (_case, change, answer) => {
  Object.assign(session, answer)
  expect((await enter('/members', change)).shown().name).toBe('login')
  expect(sent).toEqual([])
})

describe('a page that wants name and picture', () => {
  it('explains itself to who opens it, and asks at once who comes from another page', async () => {
    const { router, shown } = await enter('/members', { login: 'snsapi_userinfo' })
    expect([shown().name, sent]).toEqual(['login', []])
    await router.push('/')
    await router.push('/members')
    expect(sent).toEqual([['/members', 'snsapi_userinfo']])
  })

  it('is not content with a silent login', async () => {
    session.user = silent
    expect((await enter('/members', { login: 'snsapi_userinfo' })).shown().name).toBe('login')
    session.user = known
    expect((await enter('/members', { login: 'snsapi_userinfo' })).shown().name).toBe('members')
  })
})

it('the page shown instead can tell which login the address asks for', async () => {
  const { router, shown } = await enter('/members', { login: 'snsapi_userinfo' })
  expect(scopeOf(router.resolve(shown().fullPath))).toBe('snsapi_userinfo')
})
