import { beforeEach, expect, it, vi } from 'vitest'
import { reloadOnce } from './reloadOnce'

let reloads: number
let stored: Map<string, string>
beforeEach(() => {
  reloads = 0
  stored = new Map()
})

/** A page whose server answers with this status, or not at all. */
function page(status: number | undefined): EventTarget {
  const window = Object.assign(new EventTarget(), {
    location: { href: 'https://h5.example.com/', reload: () => reloads++ },
    sessionStorage: {
      getItem: (name: string) => stored.get(name) ?? null,
      setItem: (name: string, value: string) => stored.set(name, value),
    },
    fetch: async () => (status ? new Response(null, { status }) : Promise.reject(new TypeError('offline'))),
  })
  reloadOnce(window as unknown as Window)
  return window
}
const miss = async (window: EventTarget) => {
  window.dispatchEvent(new Event('vite:preloadError'))
  await new Promise((done) => setTimeout(done, 5))
}

it('a part that the server no longer has loads the page anew, once', async () => {
  await miss(page(200))
  await miss(page(200))
  expect(reloads).toBe(1)
})

it('a later release may do so again', async () => {
  await miss(page(200))
  vi.useFakeTimers({ now: Date.now() + 61_000, toFake: ['Date'] })
  await miss(page(200))
  vi.useRealTimers()
  expect(reloads).toBe(2)
})

it.each([
  ['nobody answers', undefined],
  ['the server is ill', 502],
])('the page stays where %s', async (_case, status) => {
  await miss(page(status))
  expect(reloads).toBe(0)
})
