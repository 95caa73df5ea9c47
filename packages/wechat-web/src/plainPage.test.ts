// The script build: a plain page, one script element, and a limit to what it costs.
import { fileURLToPath } from 'node:url'
import { runInNewContext } from 'node:vm'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { beforeAll, expect, it, vi } from 'vitest'
import { ENTRY, FakeWx, IOS } from './fakeWx.ts'

const LIMIT = 8000 // bytes, compressed
const NO_FETCH = () => Promise.reject(new Error('not to be asked'))

let script: string
beforeAll(async () => {
  const root = fileURLToPath(new URL('..', import.meta.url))
  const results = await build({ root, logLevel: 'error', build: { write: false } })
  for (const { output } of [results].flat().filter((result) => 'output' in result)) script = output[0].code
}, 60_000)

it('costs no more than it may', () => {
  expect(gzipSync(script).length).toBeGreaterThan(2000)
  expect(gzipSync(script).length).toBeLessThanOrEqual(LIMIT)
})

it('shares and calls under one config, signed where the script element says', async () => {
  const asked: string[] = []
  const { wechatWeb, wx } = open(IOS, { sign: '/sign' }, async (address) => {
    asked.push(address)
    const url = new URL(address).searchParams.get('url')
    const signed = { appId: 'wx1', timestamp: 1, nonceStr: 'n', signature: 's', url }
    return { ok: true, json: async () => signed, headers: new Headers() }
  })
  expect(await wechatWeb.share({ title: 'Tea', desc: 'Roasted', imgUrl: '/tea.jpg' })).toBe('set')
  expect(wx.shared[0]).toMatchObject({ title: 'Tea', imgUrl: `${ENTRY}tea.jpg` })
  expect(asked).toEqual([`${ENTRY}sign?url=${encodeURIComponent(ENTRY)}`])
  await wechatWeb.call('scanQRCode', { needResult: 1 })
  expect(wx.scans).toBe(1)
})

it('says that a signature is missing, with the words of the server', async () => {
  const { wechatWeb } = open(IOS, {}, async () => ({ ok: false, status: 403 }))
  const card = { title: 'Tea', desc: '', imgUrl: '/tea.jpg' }
  await expect(wechatWeb.share(card)).rejects.toMatchObject({
    ...{ code: 'not_signed', message: '/api/wechat/signature answered 403' },
  })
})

it('outside WeChat asks for nothing', async () => {
  const { wechatWeb } = open('Mozilla/5.0 (iPhone)', {}, NO_FETCH)
  const card = { title: 'Tea', desc: '', imgUrl: '/tea.jpg' }
  await expect(wechatWeb.share(card)).rejects.toMatchObject({ code: 'outside' })
})

/** A page with nothing but the script element. */
function open(userAgent: string, dataset: object, fetch: (address: string) => Promise<object>) {
  const location = { href: ENTRY }
  const wx = new FakeWx(location)
  const document = { currentScript: { dataset }, getElementById: () => null, addEventListener: vi.fn() }
  const window = {
    ...{ document, location, fetch, wx, WeixinJSBridge: {}, navigator: { userAgent } },
    ...{ addEventListener: vi.fn(), sessionStorage: { getItem: () => null, removeItem: vi.fn() } },
  }
  const globals = { URL, AbortController, setTimeout, clearTimeout }
  runInNewContext(script, { ...globals, window, document, fetch })
  return { wechatWeb: Reflect.get(window, 'wechatWeb'), wx }
}
