// WeChat cannot be reached: the log says so, and is not flooded by every page and request that meets it.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { freePort } from 'wechat-core/testing'
import { startTestServer, type TestServer } from '../testing/testServer.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ env: { WECHAT_API_URL: `http://127.0.0.1:${await freePort()}` } })
})
afterAll(() => server.close())

const lines = (words: string) =>
  server
    .log()
    .split('\n')
    .filter((line) => line.includes(words))
const TIMES = 20

it('pages without a config are told of once, with the code and what to do', async () => {
  for (let at = 0; at < TIMES; at++)
    expect((await fetch(`${server.url}/me`, { headers: { accept: 'text/html' } })).status).toBe(200)
  const told = lines('without a JS-SDK config')
  expect(told).toHaveLength(1)
  expect(told[0]).toMatch(/wechat_unreachable.*Check DNS, the proxy and the address of the API host/)
  expect(told[0]).not.toContain('    at ')
})

it('requests that fail have a line each, and the same stack once', async () => {
  const path = '/api/wechat/signature?url=https://h5.example.com/'
  for (let at = 0; at < TIMES; at++) expect((await fetch(server.url + path)).status).toBe(502)
  await expect.poll(() => lines('GET /api/wechat/signature 502')).toHaveLength(TIMES)
  const failed = lines('GET /api/wechat/signature 502')
  for (const line of failed) expect(line).toContain('"code":"wechat_unreachable"')
  expect(failed.filter((line) => line.includes('    at ')).length).toBeLessThan(TIMES / 2)
  expect(failed[0]).toContain('    at ')
})
