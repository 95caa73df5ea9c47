import { effectScope } from 'vue'
import { beforeEach, expect, it } from 'vitest'
import { FakePage, IOS, type FakeWx } from './fakeWx'
import { useWechat } from './useWechat'

let page: FakePage
let wx: FakeWx
beforeEach(() => {
  page = new FakePage()
  ;({ wx } = page)
})

it('lists early what a page will call', async () => {
  const jssdk = page.open(IOS)
  useWechat({ apis: ['scanQRCode', 'chooseImage'], jssdk })
  await jssdk.share({ title: 'T', desc: 'D', imgUrl: '/a.jpg' })
  expect(wx.configs[0]?.jsApiList).toEqual(expect.arrayContaining(['scanQRCode', 'chooseImage']))
})

it('hears an event until its scope ends', async () => {
  const heard: string[] = []
  const scope = effectScope()
  const wechat = scope.run(() => useWechat({ jssdk: page.open(IOS) }))
  await wechat?.on('onVoicePlayEnd', ({ localId }) => heard.push(localId))
  expect(wx.configs[0]?.jsApiList).toContain('onVoicePlayEnd')
  wx.events['onVoicePlayEnd']?.({ errMsg: 'ok', localId: 'first' })
  scope.stop()
  wx.events['onVoicePlayEnd']?.({ errMsg: 'ok', localId: 'second' })
  expect(heard).toEqual(['first'])
})

it('says how to use it where nothing is provided', () => {
  expect(() => useWechat()).toThrow(/call it in setup/)
})
