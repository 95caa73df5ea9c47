// A Redis that hangs, or takes no writes, behind the whole server: everything answers, and says what is missing.
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { startRedisServer, type RedisServer } from 'wechat-core/testing'
import { logIn } from '../testing/loginSteps.ts'
import { expectProblem, startTestServer, type Browser, type TestServer } from '../testing/testServer.ts'

const SIGNATURE = `/api/wechat/signature?url=${encodeURIComponent('https://h5.example.com/')}`
// Generous: each store operation has a second, and a request has several. Without limits it would be for ever.
const SOON = 8_000 // milliseconds

let redis: RedisServer
let server: TestServer
let member: Browser
beforeAll(async () => {
  redis = await startRedisServer()
}, 120_000)
afterAll(() => redis.close())
beforeEach(async () => {
  server = await startTestServer({ env: { STORE_URL: redis.url } })
  member = (await logIn(server)).browser
  await fetch(server.url + SIGNATURE)
})
afterEach(() => server.close())

const ask = async (path: string) => {
  const startedAt = performance.now()
  const response = await fetch(server.url + path, {
    redirect: 'manual',
    signal: AbortSignal.timeout(SOON * 2),
  })
  return { response, ms: performance.now() - startedAt }
}
const userOf = async () => (await (await member('/api/session')).json()).user as unknown

it('a Redis that hangs: pages are signed, the rest says so in time, and it is used again', async () => {
  redis.pause()
  try {
    const paths = [SIGNATURE, `${SIGNATURE}&refresh=1`, '/readyz', '/api/wechat/oauth/authorize']
    const answers = await Promise.all(paths.map(ask))
    expect(answers.map(({ response }) => response.status)).toEqual([200, 200, 503, 503])
    for (const { ms } of answers) expect(ms).toBeLessThan(SOON)
    const ready = await ask('/readyz')
    expect(await ready.response.clone().text()).toContain('Missing: store.')
    await expectProblem(ready.response, 503, 'not_ready')
    await expectProblem(await member('/api/session'), 503, 'store_unavailable')
  } finally {
    redis.resume()
  }
  await expect.poll(async () => (await ask('/readyz')).response.status, { timeout: 10_000 }).toBe(200)
  expect(await userOf()).toMatchObject({ nickname: '小晴' })
})

it('a Redis that takes no writes: who is logged in stays so, a login says 503, readiness says why', async () => {
  await redis.tell('REPLICAOF 127.0.0.1 1')
  try {
    expect(await userOf()).toMatchObject({ nickname: '小晴' })
    expect((await ask(SIGNATURE)).response.status).toBe(200)
    const { response } = await ask('/readyz')
    expect(await response.clone().text()).toContain('Missing: store (it takes no writes).')
    await expectProblem(response, 503, 'not_ready')
    await expectProblem((await ask('/api/wechat/oauth/authorize')).response, 503, 'store_unavailable')
  } finally {
    await redis.tell('REPLICAOF NO ONE')
  }
  expect((await ask('/api/wechat/oauth/authorize')).response.status).toBe(302)
})
