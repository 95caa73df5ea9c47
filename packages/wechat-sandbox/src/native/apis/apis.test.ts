import { describe, expect, it } from 'vitest'
import { APIS } from './apis.ts'
import { device } from '../device.ts'
import { exists } from './jsApis.ts'
import { openTestPage } from '../testPage.testing.ts'

const SYSTEMS = ['ios', 'android', 'harmony'] as const

it('every API that can be called is one that exists', () => {
  const phones = [device('ios'), { ...device('ios'), within: 'miniProgram' as const }]
  const unknown = Object.keys(APIS).filter((name) => !phones.some((phone) => exists(name, phone)))
  expect(unknown).toEqual([])
})

describe.each(SYSTEMS)('%s', (os) => {
  const open = (...names: string[]) => {
    const page = openTestPage(os)
    page.configured(...names)
    return page
  }

  it('pictures: picked, looked at, uploaded to the platform, downloaded again [local-ids-encoding] [local-data]', () => {
    const page = open('chooseImage', 'uploadImage', 'downloadImage', 'getLocalImgData')
    const { err_msg, localIds } = page.invoke('chooseImage', { count: 1 })
    expect(err_msg).toBe('chooseImage:ok')
    expect(typeof localIds).toBe(os === 'android' ? 'string' : 'object')
    const [localId] = os === 'android' ? JSON.parse(String(localIds)) : (localIds as string[])
    expect(localId).toMatch(os === 'ios' ? /^wxLocalResource:\/\// : /^weixin:\/\/resourceid\//)

    const { localData } = page.invoke('getLocalImgData', { localId })
    expect(String(localData).startsWith(os === 'ios' ? 'data:image/jgp;base64,iVBOR' : 'iVBOR')).toBe(true)

    const { serverId } = page.invoke('uploadImage', { localId })
    const stored = page.platform.media.get(String(serverId))
    expect(stored?.bytes.subarray(1, 4).toString()).toBe('PNG')
    const again = page.invoke('downloadImage', { serverId })
    expect(again.err_msg).toBe('downloadImage:ok')
    expect(again['localId']).not.toBe(localId)
    expect(page.invoke('uploadImage', { localId: 'nonsense' }).err_msg).toBe('uploadImage:fail')
    expect(page.invoke('downloadImage', { serverId: 'nonsense' }).err_msg).toBe('downloadImage:fail')
  })

  it('scanning: wrapped in JSON on iOS, plain elsewhere, nothing where WeChat deals with it [scan-result]', () => {
    const page = open('scanQRCode')
    const scanned = 'https://example.com/scanned'
    expect(page.invoke('scanQRCode', { needResult: 1 })).toEqual({
      err_msg: 'scanQRCode:ok',
      resultStr: os === 'ios' ? `{"scan_code":{"scan_result":"${scanned}"}}` : scanned,
    })
    expect(page.invoke('scanQRCode', { needResult: 0 })).toEqual({ err_msg: 'scanQRCode:ok' })
  })

  it('paying and cards', () => {
    const page = open('batchAddCard')
    const paid = { timeStamp: '1', nonceStr: 'n', package: 'prepay_id=1', signType: 'RSA', paySign: 'x' }
    expect(page.invoke('getBrandWCPayRequest', paid)).toEqual({ err_msg: 'get_brand_wcpay_request:ok' })
    expect(page.invoke('getBrandWCPayRequest', { ...paid, package: '' }).err_msg).toBe(
      'get_brand_wcpay_request:fail',
    )
    const { card_list } = page.invoke('batchAddCard', { card_list: [{ card_id: 'p1', card_ext: '{}' }] })
    expect(JSON.parse(String(card_list))).toEqual([{ card_id: 'p1', card_ext: '{}', is_succ: 1 }])
  })

  it('menu items hide and come back, and start again with the document', () => {
    const page = open('hideMenuItems', 'showMenuItems', 'hideAllNonBaseMenuItem', 'showAllNonBaseMenuItem')
    const item = 'menuItem:share:timeline'
    page.invoke('hideMenuItems', { menuList: [item, item] })
    expect(page.menu()).toEqual({ shown: true, hidden: [item] })
    page.invoke('showMenuItems', { menuList: [item] })
    expect(page.menu().hidden).toEqual([])
    page.invoke('hideAllNonBaseMenuItem')
    expect(page.menu().hidden).toContain('menuItem:share:appMessage')
    page.invoke('showAllNonBaseMenuItem')
    page.invoke('hideOptionMenu')
    expect(page.menu()).toEqual({ shown: false, hidden: [] })
    page.enter('https://h5.example.com/')
    expect(page.menu()).toEqual({ shown: true, hidden: [] })
  })

  it('a recording ends by itself, or by hand; playing ends and is told', () => {
    const page = open('startRecord', 'stopRecord', 'playVoice', 'uploadVoice', 'translateVoice')
    expect(page.invoke('stopRecord').err_msg).toBe('stopRecord:fail')
    expect(page.outcome('startRecord')).toMatchObject({
      events: [{ name: 'onVoiceRecordEnd', after: 60_000 }],
    })
    const stopped = page.outcome('stopRecord')
    expect(stopped).toMatchObject({ events: [{ name: 'onVoiceRecordEnd', dropped: true }] })
    const localId = stopped.reply?.['localId']
    const played = page.outcome('playVoice', { localId })
    expect(played).toMatchObject({ events: [{ name: 'onVoicePlayEnd', payload: { localId } }] })
    expect(page.invoke('uploadVoice', { localId })['serverId']).toBeTruthy()
    expect(page.invoke('playVoice', { localId: 'nonsense' }).err_msg).toBe('playVoice:fail')
  })

  it('where the phone is, and the names of an address as the app misspells them', () => {
    const page = open('geoLocation', 'editAddress', 'openLocation')
    const [world, china] = ['wgs84', 'gcj02'].map((type) => page.invoke('geoLocation', { type }))
    expect(world).toMatchObject({ err_msg: 'geoLocation:ok', latitude: 31.230416 })
    expect(china?.['latitude']).not.toBe(world?.['latitude'])
    expect(page.invoke('editAddress')).toMatchObject({ proviceFirstStageName: '上海市' })
    expect(page.invoke('openLocation', { latitude: 31, longitude: 121 }).err_msg).toBe('openLocation:ok')
    expect(page.invoke('openLocation', { latitude: 'x' }).err_msg).toContain(':fail')
  })

  it('open tags are granted by the config that asks for them', () => {
    const page = openTestPage(os)
    page.config('https://h5.example.com/', undefined, {
      verifyOpenTagList: ['wx-open-launch-weapp', 'wx-open-nonsense'],
    })
    const call = page.calls.at(-1)
    expect(call?.reply).toEqual({ err_msg: 'preVerifyJSAPI:ok' })
    expect(page.outcome('preVerifyJSAPI', { ...call?.params })).toMatchObject({
      openTags: { tags: ['wx-open-launch-weapp'] },
    })
  })

  it.each([
    ['wifi', 'network_type:wifi', undefined],
    ['4g', 'network_type:wwan', '4g'],
    ['none', 'network_type:fail', undefined],
  ] as const)('on %s the network type is %s', (networkType, err_msg, subtype) => {
    const page = openTestPage(os, { device: { networkType } })
    const reply = page.invoke('getNetworkType')
    expect([reply.err_msg, reply['subtype']]).toEqual([err_msg, subtype])
  })
})

it('a WeChat that is too old for open tags says so [open-tags-since]', () => {
  const page = openTestPage('android', { device: { version: '7.0.11' } })
  page.config('https://h5.example.com/', undefined, { verifyOpenTagList: ['wx-open-subscribe'] })
  const params = { ...page.calls.at(-1)?.params }
  expect(page.outcome('preVerifyJSAPI', params)).toMatchObject({
    openTags: { tags: [], error: expect.any(String) },
  })
})

describe('what a person answers', () => {
  it.each([
    ['chooseImage', 'chooseImage:cancel'],
    ['scanQRCode', 'scanQRCode:cancel'],
    ['geoLocation', 'geoLocation:cancel'],
    ['editAddress', 'edit_address:cancel'],
  ])('closing the dialog of %s is %s', (name, err_msg) => {
    const page = openTestPage('ios', { answering: () => null })
    page.configured(name)
    expect(page.invoke(name)).toEqual({ err_msg })
  })

  it('nonsense is "cancel" too', () => {
    const page = openTestPage('ios', { answering: () => ['no such picture'] })
    page.configured('chooseImage', 'geoLocation')
    expect(page.invoke('chooseImage').err_msg).toBe('chooseImage:cancel')
    expect(page.invoke('geoLocation').err_msg).toBe('geoLocation:cancel')
  })
})
