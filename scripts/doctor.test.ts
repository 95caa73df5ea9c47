import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { memoryStore, wechatPush } from 'wechat-core'
import { startPlatform, type RunningPlatform } from 'wechat-sandbox'
import { parseEnv } from '../apps/server/src/env.ts'
import { doctor } from './doctor.ts'

let platform: RunningPlatform
beforeEach(async () => {
  platform = await startPlatform({ siteOrigin: 'https://h5.example.com' })
})
afterEach(() => platform.close())

const examine = async (change: Record<string, string> = {}) => {
  const { env } = parseEnv({
    PUBLIC_URL: 'http://127.0.0.1:9',
    WECHAT_APP_ID: platform.account.appId,
    WECHAT_APP_SECRET: platform.account.appSecret,
    WECHAT_API_URL: platform.url,
    ...change,
  })
  return Object.fromEntries((await doctor(env)).map((finding) => [finding.what, finding]))
}

it('finds credentials and clock in order, and a site that does not answer', async () => {
  const found = await examine({ WECHAT_TOKEN: 'token123' })
  for (const what of ['access_token', 'jsapi_ticket', 'Clock', 'WECHAT_TOKEN'])
    expect(found[what]).toMatchObject({ ok: true })
  expect(found['Site']).toMatchObject({ ok: false, hint: expect.stringContaining('pnpm dev') })
  expect(found['PUBLIC_URL']).toMatchObject({ ok: false, hint: expect.stringContaining('https') })
})

it('tells the whitelist by its code, and asks for no ticket then', async () => {
  platform.faults.set('/cgi-bin/stable_token', { errcode: 40164 })
  const found = await examine()
  expect(found['access_token']).toMatchObject({ ok: false, detail: expect.stringContaining('198.51.100.23') })
  expect(found['access_token']?.hint).toContain('whitelist')
  expect(found['jsapi_ticket']).toBeUndefined()
})

it('tells that another site answers', async () => {
  const found = await examine({ PUBLIC_URL: platform.url, WECHAT_VERIFY_FILES: 'MP_verify_a.txt' })
  expect(found['Site']).toMatchObject({ ok: false, hint: expect.stringContaining('Something else') })
  expect(found['MP_verify_a.txt']).toMatchObject({ ok: false })
})

it('no account is no mistake, but said', async () => {
  const found = await examine({ WECHAT_APP_ID: '', WECHAT_APP_SECRET: '' })
  expect(found['Account']).toMatchObject({ ok: false, hint: expect.stringContaining('sandbox') })
})

it("makes the console's check of the server URL, and tells a Token that differs", async () => {
  const wechat = { appId: 'wx', api: () => Promise.reject(new Error('nothing is sent')) }
  const server = createServer(wechatPush({ wechat, store: memoryStore(), token: 'token123', handlers: [] }))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const PUBLIC_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  expect((await examine({ PUBLIC_URL, WECHAT_TOKEN: 'token123' }))['Server URL']).toMatchObject({ ok: true })
  expect((await examine({ PUBLIC_URL, WECHAT_TOKEN: 'another1' }))['Server URL']).toMatchObject({
    ok: false,
    detail: expect.stringContaining('403'),
    hint: expect.stringContaining('WECHAT_TOKEN'),
  })
  server.close()
})
