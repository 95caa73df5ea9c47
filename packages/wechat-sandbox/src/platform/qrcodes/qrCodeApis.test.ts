import { inflateSync } from 'node:zlib'
import { encode } from 'uqr'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startTestApi, type TestApi } from '../testApi.testing.ts'
import { startTestSite, type TestSite } from '../testSite.testing.ts'

let api: TestApi
let site: TestSite
beforeEach(async () => {
  site = await startTestSite()
  api = await startTestApi({ push: { url: site.url } })
})
afterEach(async () => {
  await api.close()
  site.close()
})

const create = (action_name: string, scene: object, more: object = {}) =>
  api.post('/cgi-bin/qrcode/create', { action_name, action_info: { scene }, ...more })
const show = (ticket: unknown) =>
  api.fetch(`/cgi-bin/showqrcode?${new URLSearchParams({ ticket: String(ticket) })}`)
const lin = () => api.platform.identities.person('lin')

describe('QR codes', () => {
  it('last for a time or for good, with a number or a text [qrcode-kinds]', async () => {
    const ticket = expect.stringMatching(/^gQ[\w-]{94}$/)
    const url = expect.stringMatching(/^http:\/\/weixin\.qq\.com\/q\/[\w-]{20}$/)
    expect(await create('QR_SCENE', { scene_id: 123 })).toEqual({ ticket, url, expire_seconds: 60 })
    const day = { expire_seconds: 86_400 }
    expect(await create('QR_STR_SCENE', { scene_str: 'door' }, day)).toEqual({
      ticket,
      url,
      expire_seconds: 86_400,
    })
    expect(await create('QR_LIMIT_SCENE', { scene_id: 100_000 })).toEqual({ ticket, url })
    expect(await create('QR_LIMIT_STR_SCENE', { scene_str: 'x'.repeat(64) })).toEqual({ ticket, url })
  })

  it.each([
    ['QR_OTHER', { scene_id: 1 }, 40052],
    ['QR_SCENE', { scene_id: 0 }, 40053],
    ['QR_SCENE', { scene_str: 'door' }, 40053],
    ['QR_SCENE', { scene_id: 4_294_967_296 }, 40053],
    ['QR_LIMIT_SCENE', { scene_id: 100_001 }, 40053],
    ['QR_STR_SCENE', { scene_str: '' }, 40053],
    ['QR_LIMIT_STR_SCENE', { scene_str: 'x'.repeat(65) }, 40053],
  ])('%s of %j is refused with %s [qrcode-mistakes]', async (action, scene, errcode) =>
    expect(await create(action, scene)).toMatchObject({ errcode }),
  )

  it('that shall last too long last for 30 days [qrcode-mistakes]', async () => {
    const long = await create('QR_SCENE', { scene_id: 1 }, { expire_seconds: 9_999_999 })
    expect(long).toMatchObject({ expire_seconds: 2_592_000 })
  })

  it('are shown as pictures that say their address, to everybody [qrcode-picture]', async () => {
    const { ticket, url } = await create('QR_LIMIT_STR_SCENE', { scene_str: 'door' })
    const shown = await show(ticket)
    expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/png'])
    const rows = inflateSync(dataOf(Buffer.from(await shown.arrayBuffer())))
    const { data, size } = encode(String(url), { ecc: 'M', border: 4 })
    const module = Math.floor(430 / size)
    const margin = Math.floor((430 - module * size) / 2)
    const seen = data.map((row, y) =>
      row.map((_, x) => rows[(margin + y * module + 1) * 431 + 1 + margin + x * module + 1] === 0),
    )
    expect(seen).toEqual(data)
    for (const wrong of ['', 'gQnothing']) expect((await show(wrong)).status).toBe(404)
  })

  it('are told of when they are scanned, with their ticket [qrcode-scan]', async () => {
    const { ticket, url } = await create('QR_STR_SCENE', { scene_str: 'door' })
    await create('QR_STR_SCENE', { scene_str: 'door' })
    await api.platform.acts.scanTicket(lin(), String(ticket))
    await api.platform.acts.scanTicket(lin(), String(url))
    expect(site.pushed[0]).toContain('<Event><![CDATA[subscribe]]></Event>')
    expect(site.pushed[0]).toContain('<EventKey><![CDATA[qrscene_door]]></EventKey>')
    expect(site.pushed[1]).toContain('<Event><![CDATA[SCAN]]></Event>')
    expect(site.pushed[1]).toContain('<EventKey><![CDATA[door]]></EventKey>')
    for (const push of site.pushed) expect(push).toContain(`<Ticket><![CDATA[${String(ticket)}]]></Ticket>`)
    const openid = api.platform.identities.openidOf(lin())
    expect(await api.get('/cgi-bin/user/info', { openid })).toMatchObject({
      subscribe_scene: 'ADD_SCENE_QR_CODE',
      qr_scene_str: 'door',
    })
  })

  it('with the same scene as one of the console have the ticket of the account [qrcode-scan]', async () => {
    const { ticket } = await create('QR_LIMIT_SCENE', { scene_id: 7 })
    await api.platform.acts.scanAccountCode(lin(), '7')
    expect(site.pushed[0]).toContain(String(ticket))
  })

  it('that have ended tell nobody anything [qrcode-ended]', async () => {
    const { ticket } = await create('QR_SCENE', { scene_id: 1 })
    api.forward(60)
    expect((await show(ticket)).status).toBe(404)
    expect(() => api.platform.acts.scanTicket(lin(), String(ticket))).toThrow(
      /has ended: make one with qrcode/,
    )
    expect(site.pushed).toEqual([])
  })

  it.each(['subscription', 'unverified'] as const)(
    'are not for %s accounts [qrcode-account]',
    async (kind) => {
      api.platform.switches.set('account', kind)
      expect(await create('QR_SCENE', { scene_id: 1 })).toMatchObject({ errcode: 48001 })
    },
  )

  it('leave no ticket in the log', async () => {
    const { ticket } = await create('QR_SCENE', { scene_id: 1 })
    await show(ticket)
    await expect.poll(() => api.platform.calls.list()).toHaveLength(2)
    expect(JSON.stringify(api.platform.calls.list())).not.toContain(ticket)
  })
})

/** The packed pixels of a PNG. */
function dataOf(picture: Buffer): Buffer {
  const at = picture.indexOf('IDAT')
  return picture.subarray(at + 4, at + 4 + picture.readUInt32BE(at - 4))
}
