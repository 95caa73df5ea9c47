import { expect, it } from 'vitest'
import { openStore } from './openStore.ts'

it.each([
  ['mysql://localhost/x', /"mysql:" is not a known store/],
  ['sqlite:', /needs a path/],
  ['redis://user:hunter2@127.0.0.1:9/0', /Redis at 127\.0\.0\.1:9 can't be reached/],
])('%s is refused with what to do', async (url, message) => {
  const error = await openStore(url).catch((reason: Error) => reason)
  expect(error).toMatchObject({ name: 'StoreError', message: expect.stringMatching(message) })
  expect(String(error)).not.toContain('hunter2')
})
