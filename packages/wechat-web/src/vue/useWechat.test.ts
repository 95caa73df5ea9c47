import { effectScope } from 'vue'
import { beforeEach, expect, it } from 'vitest'
import { FakePage, IOS, type FakeWx } from '../fakeWx.ts'
import { useWechat } from './useWechat.ts'
import { useWechatShare } from './useWechatShare.ts'

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

it('without a provider is as outside WeChat, like the card', async () => {
  const { environment, isSupported, call, load } = useWechat()
  expect([environment.inWechat, isSupported.value]).toEqual([false, false])
  await expect(call('scanQRCode')).rejects.toMatchObject({ code: 'outside' })
  await expect(load()).rejects.toMatchObject({ code: 'outside' })
  const share = useWechatShare({ title: 'T', desc: 'D', imgUrl: '/a.jpg' })
  expect([share.status.value, share.isSupported.value]).toEqual(['outside', false])
  await share.refresh()
})
