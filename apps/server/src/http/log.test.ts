import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../testing/testServer.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

it('a path stands in the log once, and no longer than a line', async () => {
  await fetch(`${server.url}/once-${'x'.repeat(10_000)}.png?secret=1`)
  await expect.poll(server.log).toContain('/once-')
  const lines = server
    .log()
    .split('\n')
    .filter((line) => line.includes('/once-'))
  expect(lines).toHaveLength(1)
  expect(lines[0]?.split('/once-')).toHaveLength(2)
  expect(lines[0]?.length).toBeLessThan(600)
  expect(lines[0]).not.toContain('secret')
})

it('an answer repeats no more of it', async () => {
  const answer = await (await fetch(`${server.url}/api/${'x'.repeat(10_000)}`)).text()
  expect(answer.length).toBeLessThan(600)
})
