import { beforeEach, expect, it, vi } from 'vitest'
import type { Router } from 'vue-router'
import { reloadOnce } from './reloadOnce'

let loaded: string[]
let stored: Map<string, string>
beforeEach(() => {
  loaded = []
  stored = new Map()
})

/** A page whose server answers with this status, or not at all. */
function page(status: number | undefined, heading?: string): EventTarget {
  const window = Object.assign(new EventTarget(), {
    location: {
      origin: 'https://h5.example.com',
      href: 'https://h5.example.com/?a=1',
      reload: () => loaded.push('again'),
      assign: (address: string) => loaded.push(address),
    },
    sessionStorage: {
      getItem: (name: string) => stored.get(name) ?? null,
      setItem: (name: string, value: string) => stored.set(name, value),
    },
    fetch: async () => (status ? new Response(null, { status }) : Promise.reject(new TypeError('offline'))),
  })
  reloadOnce(
    window as unknown as Window,
    {
      beforeEach(guard: (to: { fullPath: string }) => void) {
        if (heading) guard({ fullPath: heading })
        return () => undefined
      },
    } as Pick<Router, 'beforeEach'>,
  )
  return window
}
const miss = async (window: EventTarget) => {
  window.dispatchEvent(new Event('vite:preloadError'))
  await new Promise((done) => setTimeout(done, 5))
}

it('a part that the server no longer has loads the page anew, once', async () => {
  await miss(page(200))
  await miss(page(200))
  expect(loaded).toEqual(['again'])
})

it('who was on the way to another page arrives there', async () => {
  await miss(page(200, '/me'))
  expect(loaded).toEqual(['/me'])
})

it('a later release may do so again', async () => {
  await miss(page(200))
  vi.useFakeTimers({ now: Date.now() + 61_000, toFake: ['Date'] })
  await miss(page(200))
  vi.useRealTimers()
  expect(loaded).toHaveLength(2)
})

it.each([
  ['nobody answers', undefined],
  ['the server is ill', 502],
])('the page stays where %s', async (_case, status) => {
  await miss(page(status))
  expect(loaded).toEqual([])
})
