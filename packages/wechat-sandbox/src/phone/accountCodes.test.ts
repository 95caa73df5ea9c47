// What the account has made by its API, and a person meets on the phone: all by HTTP, as a program would.
import { once } from 'node:events'
import type { Server } from 'node:http'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createFront } from '../front/front.ts'
import { createPlatform, type Platform } from '../platform/platform.ts'
import { startTestSite, type TestSite } from '../platform/testSite.testing.ts'

let site: TestSite
let platform: Platform
let front: Server
let url: string
beforeEach(async () => {
  site = await startTestSite()
  platform = createPlatform({ siteOrigin: 'http://localhost:5173', push: { url: site.url } })
  front = createFront({ platform, siteUrl: site.url })
  front.listen(0, '127.0.0.1')
  await once(front, 'listening')
  const address = front.address()
  url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/__wechat`
})
afterEach(() => {
  front.closeAllConnections()
  front.close()
  site.close()
})

const json = async (path: string, body?: object) => {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
  const response = await fetch(url + path, { ...init, headers: { cookie: 'wechat_person=lin' } })
  return { status: response.status, ...(await response.json()) }
}
const api = (path: string, body: object) => {
  const { access_token } = platform.tokens.issueStable(false)
  return json(`${path}?access_token=${access_token}`, body)
}

it('a QR code is made, shown, scanned, and told to the server with its ticket', async () => {
  const scene = { scene_str: 'door' }
  const made = await api('/cgi-bin/qrcode/create', { action_name: 'QR_STR_SCENE', action_info: { scene } })
  const picture = await fetch(`${url}/cgi-bin/showqrcode?${new URLSearchParams({ ticket: made.ticket })}`)
  expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png'])
  expect(await json('/phone/act', { kind: 'scanTicket', ticket: made.ticket })).toEqual({ status: 200 })
  await expect.poll(() => site.pushed).toEqual([expect.stringContaining('qrscene_door')])
  expect(await json('/phone/act', { kind: 'scanTicket', ticket: made.url })).toEqual({ status: 200 })
  await expect.poll(() => site.events()).toEqual(['subscribe', 'SCAN'])
  expect(site.pushed.every((push) => push.includes(made.ticket))).toBe(true)
  expect(await json('/phone/act', { kind: 'scanTicket', ticket: 'gQnothing' })).toEqual({
    status: 400,
    error: expect.stringContaining('no such QR code'),
  })
})

it('a menu for one system is seen and tapped on that system alone', async () => {
  const button = (name: string) => [{ type: 'click', name, key: name }]
  await api('/cgi-bin/menu/create', { button: button('All') })
  await api('/cgi-bin/menu/addconditional', {
    button: button('Android'),
    matchrule: { client_platform_type: '2' },
  })
  expect((await json('/phone/state')).menu).toEqual(button('All'))
  expect((await json('/phone/device', { os: 'android' })).menu).toEqual(button('Android'))
  await json('/phone/act', { kind: 'menu', button: 0 })
  await expect.poll(() => site.pushed).toEqual([expect.stringContaining('<EventKey><![CDATA[Android]]>')])
})

it('a path of every root of the API can be made to fail', async () => {
  const fault = { path: '/datacube/getusersummary', fault: { errcode: -1 } }
  expect(await json('/phone/fault', fault)).toMatchObject({ status: 200 })
  expect(await api('/datacube/getusersummary', { begin_date: 'x', end_date: 'x' })).toMatchObject({
    errcode: -1,
  })
})
