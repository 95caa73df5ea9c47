import { beforeEach, describe, expect, it } from 'vitest'
import { createPlatform } from '../platform/platform.ts'
import { device } from './device.ts'
import type { Outcome } from './messages.ts'
import { createNativeApp, type AnsweredCall, type NativeApp } from './nativeApp.ts'

const url = 'https://h5.example.com/'
const paid = { timeStamp: '1', nonceStr: 'n', package: 'prepay_id=7', signType: 'RSA', paySign: 's' }
let app: NativeApp
let calls: AnsweredCall[]

const invoke = (name: string, params = {}, document = 'd') =>
  app.receive({ type: 'invoke', document, url, name, params }) as Outcome
const answer = (question: string, given: unknown) =>
  app.receive({ type: 'answer', document: 'd', question, answer: given })

beforeEach(() => {
  calls = []
  app = createNativeApp({
    platform: createPlatform({ siteOrigin: 'https://h5.example.com' }),
    device: device('ios'),
    answering: undefined,
    onCall: (call) => void calls.push(call),
  })
})

describe('a call that needs the person', () => {
  it('is asked, and answered once', () => {
    const asked = invoke('getBrandWCPayRequest', paid)
    expect(asked).toEqual({ question: { kind: 'pay', orderId: '7' }, id: '1' })
    expect(calls).toEqual([])
    expect(answer('1', true)).toEqual({ reply: { err_msg: 'get_brand_wcpay_request:ok' } })
    expect(calls).toMatchObject([{ name: 'getBrandWCPayRequest' }])
    expect(answer('1', true)).toEqual({ reply: { err_msg: 'system:cancel' } })
    expect(calls).toHaveLength(1)
  })

  it.each([null, undefined, false, 'yes', {}])('answered with %j is cancelled', (given) => {
    invoke('getBrandWCPayRequest', paid)
    expect(answer('1', given)).toEqual({ reply: { err_msg: 'get_brand_wcpay_request:cancel' } })
  })

  it('that nobody asked is cancelled', () =>
    expect(answer('99', true)).toEqual({ reply: { err_msg: 'system:cancel' } }))
})

it('a message of a document that was never entered starts it', () => {
  expect(invoke('getNetworkType', {}, 'unknown')).toEqual({ reply: { err_msg: 'network_type:wifi' } })
  expect(app.receive({ type: 'menu', document: 'other' })).toEqual({ shown: true, hidden: [] })
})

it('a picture that is not on the phone has no data', () =>
  expect(app.receive({ type: 'resource', document: 'd', localId: 'weixin://resourceid/0' })).toEqual({
    data: undefined,
  }))

it('forgets the oldest of many documents, and nothing else', () => {
  invoke('hideOptionMenu', {}, 'first')
  for (let at = 0; at < 150; at++) invoke('getNetworkType', {}, `d${at}`)
  expect(app.receive({ type: 'menu', document: 'first' })).toMatchObject({ shown: false })
  for (let at = 150; at < 300; at++) invoke('getNetworkType', {}, `d${at}`)
  expect(app.receive({ type: 'menu', document: 'first' })).toMatchObject({ shown: true })
})
