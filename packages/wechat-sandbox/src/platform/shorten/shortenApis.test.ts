import { afterEach, beforeEach, expect, it } from 'vitest'
import { startTestApi, type TestApi } from '../testApi.testing.ts'

let api: TestApi
beforeEach(async () => void (api = await startTestApi()))
afterEach(() => api.close())

const gen = (body: object) => api.post('/cgi-bin/shorten/gen', body)
const fetched = (short_key: unknown) => api.post('/cgi-bin/shorten/fetch', { short_key })

it('a long text comes back by its short key while it lasts [short-keys]', async () => {
  const { short_key } = await gen({ long_data: 'loooooong data', expire_seconds: 86_400 })
  expect(short_key).toMatch(/^[0-9A-Za-z]{15}$/)
  api.forward(100)
  expect(await fetched(short_key)).toEqual({
    errcode: 0,
    errmsg: 'ok',
    long_data: 'loooooong data',
    create_time: 1_760_000_000,
    expire_seconds: 86_300,
  })
  api.forward(86_300)
  expect(await fetched(short_key)).toMatchObject({ errcode: 9410012 })
})

it.each([
  [{}, 47003],
  [{ long_data: '好'.repeat(1366) }, 9410010],
  [{ long_data: 'x', expire_seconds: 2_592_001 }, 9410011],
])('%.40j is refused with %s [short-keys]', async (body, errcode) =>
  expect(await gen(body)).toMatchObject({ errcode }),
)

it('a short address is the long one since they have ended [short-urls-ended]', async () => {
  const shorten = (long_url: string, action = 'long2short') =>
    api.post('/cgi-bin/shorturl', { action, long_url })
  const long = 'https://h5.example.com/a/long/address?with=much'
  expect(await shorten(long)).toEqual({ errcode: 0, errmsg: 'ok', short_url: long })
  expect(await shorten(long, 'short2long')).toMatchObject({ errcode: 40035 })
  expect(await shorten('ftp://x')).toMatchObject({ errcode: 40039 })
  api.platform.switches.set('shortUrls', '45103')
  expect(await shorten(long)).toMatchObject({ errcode: 45103 })
})
