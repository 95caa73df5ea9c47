import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { openStore } from './openStore.ts'

it.each([
  ['mysql://localhost/x', /"mysql:" is not a known store/],
  ['sqlite:', /needs a path/],
  ['redis://user:hunter2@127.0.0.1:9/0', /Redis at 127\.0\.0\.1:9 cannot be reached/],
])('%s is refused with what to do', async (url, message) => {
  const error = await openStore(url).catch((reason: Error) => reason)
  expect(error).toMatchObject({ name: 'StoreError', message: expect.stringMatching(message) })
  expect(String(error)).not.toContain('hunter2')
})

// Looks for the driver where nothing is installed, so that what Node.js says of it is its own.
const WITHOUT_DRIVERS = `import { registerHooks } from 'node:module'
registerHooks({ resolve: (name, context, next) =>
  next(name, ['mongodb', '@redis/client'].includes(name) ? { ...context, parentURL: 'file:///nowhere/' } : context) })`

it.each([
  ['redis://127.0.0.1:9', '@redis/client'],
  ['mongodb+srv://host.example/x', 'mongodb'],
])('%s without its driver: the error says how to install it', (url, driver) => {
  const script = `import { openStore } from ${JSON.stringify(new URL('openStore.ts', import.meta.url).href)}
await openStore('${url}').catch(({ name, message }) => console.log(JSON.stringify({ name, message })))`
  const setup = `data:text/javascript,${encodeURIComponent(WITHOUT_DRIVERS)}`
  const { stdout } = spawnSync(
    process.execPath,
    ['--import', setup, '--input-type=module', '--eval', script],
    {
      encoding: 'utf8',
    },
  )
  expect(JSON.parse(stdout)).toEqual({
    name: 'StoreError',
    message: `[store] This store needs the package ${driver}, which is not installed. Install it: npm install ${driver}`,
  })
})
