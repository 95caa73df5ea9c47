import { beforeEach, expect, it, vi } from 'vitest'
import type { Router } from 'vue-router'
import { reloadOnce } from './reloadOnce'

let loaded: string[]
let stored: Map<string, string>
let blocked: boolean
/** How the browser came to this page. */
let arrivedBy: string
beforeEach(() => {
  loaded = []
  arrivedBy = 'navigate'
  stored = new Map()
  blocked = false
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
    performance: { getEntriesByType: () => [{ type: arrivedBy }] },
    fetch: async () => (status ? new Response(null, { status }) : Promise.reject(new TypeError('offline'))),
  })
  Object.defineProperty(window, 'sessionStorage', {
    get() {
      if (blocked) throw new DOMException('The operation is insecure.', 'SecurityError')
      return {
        getItem: (name: string) => stored.get(name) ?? null,
        setItem: (name: string, value: string) => stored.set(name, value),
      }
    },
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

it('a part that the server no longer has loads the page again, once', async () => {
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

it('where nothing can be stored the page is loaded again all the same, and a page that was is not', async () => {
  blocked = true
  await miss(page(200))
  expect(loaded).toEqual(['again'])
  arrivedBy = 'reload'
  await miss(page(200))
  expect(loaded).toEqual(['again'])
})

it('parts that fail because the page is being left do not load it once more', async () => {
  blocked = true
  const window = page(200, '/me')
  await Promise.all([miss(window), miss(window)])
  await miss(window)
  expect(loaded).toEqual(['/me'])
})
