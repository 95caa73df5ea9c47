import { runInNewContext } from 'node:vm'
import { afterEach, expect, it } from 'vitest'
import { WORKER_GUARD } from './serviceWorker.ts'
import { startSiteFront, type SiteFront } from './siteFront.testing.ts'

let front: SiteFront
afterEach(() => front.close())

const served = async (script: string) => {
  front = await startSiteFront((_req, res) => {
    res.setHeader('content-type', 'text/javascript')
    res.setHeader('etag', '"1"')
    res.end(script)
  })
  return front.get('/sw.js', { 'service-worker': 'script', 'sec-fetch-dest': 'serviceworker' })
}

/** Runs a worker's script; gives who answers a request of each kind. */
function answersOf(script: string) {
  const listeners: ((event: object) => void)[] = []
  const self = {
    addEventListener: (_type: string, listener: (event: object) => void) => listeners.push(listener),
  }
  runInNewContext(script, {
    self,
    URL,
    get onfetch() {
      return undefined
    },
  })
  const answered = (mode: string, path: string) => {
    const by: string[] = []
    const request = { mode, url: `http://localhost${path}` }
    for (const listener of listeners) listener({ request, respondWith: (who: string) => by.push(who) })
    return by
  }
  return {
    page: answered('navigate', '/'),
    own: answered('cors', '/__wechat/native'),
    file: answered('no-cors', '/a.js'),
  }
}

it.each([
  "self.addEventListener('fetch', (event) => event.respondWith('worker'))",
  "self.addEventListener('fetch', { handleEvent: (event) => event.respondWith('worker') })",
  "self.onfetch = () => { throw new Error() }; self.onfetch = (event) => event.respondWith('worker')",
])('a classic worker answers for files, not for pages: %s', async (script) => {
  const { text, headers } = await served(script)
  expect(text).toBe(WORKER_GUARD + script)
  expect(headers['etag']).toBeUndefined()
  expect(answersOf(text)).toEqual({ page: [], own: [], file: ['worker'] })
})

it.each(["import './part.js'", 'import{a}from"./a.js"', '/* a */ import x from "x"', 'export {}'])(
  'a module is guarded before what it imports: %s',
  async (script) => {
    expect((await served(script)).text).toBe(`import "/__wechat/worker.js";${script}`)
    expect((await front.get('/__wechat/worker.js')).text).toBe(WORKER_GUARD)
  },
)

it('importScripts and import() make no module', async () => {
  for (const script of ["importScripts('a.js')", "import('./a.js')"]) {
    expect((await served(script)).text).toBe(WORKER_GUARD + script)
    front.close()
  }
  await served('')
})
