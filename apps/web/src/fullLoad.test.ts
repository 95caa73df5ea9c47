import { beforeEach, expect, it } from 'vitest'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import { loadWhole } from './fullLoad'

let loaded: string[]
let navigator: { onLine: boolean }
let router: Router
const location = {
  href: 'https://h5.example.com/',
  assign: (address: string) => loaded.push(address),
  reload: () => loaded.push('again'),
}
beforeEach(async () => {
  loaded = []
  navigator = { onLine: true }
  location.href = 'https://h5.example.com/'
  router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:rest(.*)*', component: {} }],
  })
  const window = { location, navigator } as unknown as Pick<Window, 'location' | 'navigator'>
  loadWhole(router, { needsFullLoad: (address) => address !== '/fine', window })
  await router.push('/')
})
/** Goes there, as far as the router lets it. */
const go = async (address: string) => {
  await Promise.race([router.push(address), new Promise((done) => setTimeout(done, 20))])
  return router.currentRoute.value.fullPath
}

it('the page that is entered is there already', () => expect(loaded).toEqual([]))

it('a page that needs it is loaded as a whole, and the one before stands until then', async () => {
  expect(await go('/articles/a?b=1')).toBe('/')
  expect(loaded).toEqual(['/articles/a?b=1'])
})

it('after "back" the address is that of the page already', async () => {
  location.href = 'https://h5.example.com/articles/a'
  await go('/articles/a')
  expect(loaded).toEqual(['again'])
})

it.each([
  ['a page that does not need it', '/fine'],
  ['a place on the same page', '/#part'],
])('%s is gone to as always', async (_case, address) => {
  expect(await go(address)).toBe(address)
  expect(loaded).toEqual([])
})

it('without network so is every page', async () => {
  navigator.onLine = false
  expect(await go('/articles/a')).toBe('/articles/a')
  expect(loaded).toEqual([])
})
