// What a page gets through Tencent's own script, on each system: names, encodings and wordings.
import { createPlatform, type Platform } from 'wechat-sandbox'
import { openWechat, type OpenWechatOptions, type WechatView } from 'wechat-sandbox/testing'
import { expect, test as base } from './plainWorld.ts'

type Reply = Record<string, unknown>
interface Wx {
  view: WechatView
  /** `wx.config` for the address of now; gives "ok" or the refusal. */
  configure: (names: string[], url?: string) => Promise<string>
  call: (name: string, params?: Reply) => Promise<Reply>
  run: (source: string) => Promise<unknown>
}
interface Test {
  platform: Platform
  open: (options: Partial<OpenWechatOptions>) => Promise<Wx>
}

const test = base.extend<Test>({
  platform: async ({ site }, use) => {
    site.platform = createPlatform({ siteOrigin: site.url })
    await use(site.platform)
  },
  open: async ({ chrome, platform, site }, use) => {
    const views: WechatView[] = []
    await use(async (options) => {
      const view = await openWechat({ browser: chrome, platform, ...options })
      views.push(view)
      await view.context.route('https://open.weixin.qq.com/**', (route) => route.abort()) // the script's reports
      await view.page.goto(`${site.url}/a`)
      const run = (source: string) => view.page.evaluate((text) => window.eval(text) as unknown, source)
      return {
        view,
        run,
        configure: (names, url = "location.href.split('#')[0]") =>
          run(`configure(${url}, { jsApiList: ${JSON.stringify(names)} })`) as Promise<string>,
        call: (name, params = {}) => run(`call('${name}', ${JSON.stringify(params)})`) as Promise<Reply>,
      }
    })
    for (const view of views) await view.close()
  },
})

for (const os of ['ios', 'android', 'harmony'] as const) {
  test(`${os}: every reply arrives as a page expects it`, async ({ open }) => {
    const { call, configure } = await open({ os })
    expect(
      await configure([
        'chooseImage',
        'scanQRCode',
        'getLocation',
        'openAddress',
        'addCard',
        'openBusinessView',
        'checkJsApi',
        'onMenuShareQQ',
      ]),
    ).toBe('ok')
    expect(
      await call('checkJsApi', { jsApiList: ['getLocation', 'onMenuShareQQ', 'startRecord', 'nonsense'] }),
    ).toEqual({
      errMsg: 'checkJsApi:ok',
      checkResult: { getLocation: true, onMenuShareQQ: true, startRecord: true, nonsense: false },
    })
    expect(await call('chooseImage')).toMatchObject({
      errMsg: 'chooseImage:ok',
      localIds: [expect.any(String)],
    })
    expect(await call('scanQRCode', { needResult: 1 })).toEqual({
      errMsg: 'scanQRCode:ok',
      resultStr: 'https://example.com/scanned',
    })
    expect(await call('getNetworkType')).toEqual({ errMsg: 'getNetworkType:ok', networkType: 'wifi' })
    expect(await call('getLocation')).toMatchObject({ errMsg: 'getLocation:ok', latitude: 31.230416 })
    expect(await call('openAddress')).toMatchObject({ errMsg: 'openAddress:ok', provinceName: '上海市' })
    expect(await call('addCard', { cardList: [{ cardId: 'p1', cardExt: '{}' }] })).toEqual({
      errMsg: 'addCard:ok',
      cardList: [{ cardId: 'p1', cardExt: '{}', isSuccess: true }],
    })
    expect(await call('openBusinessView', { businessType: 'x' })).toEqual({
      errMsg: 'openBusinessView:ok',
      errCode: 0,
      extraData: {},
    })
    const paid = { timestamp: 1, nonceStr: 'n', package: 'prepay_id=1', signType: 'RSA', paySign: 's' }
    expect(await call('chooseWXPay', paid)).toEqual({ errMsg: 'chooseWXPay:ok' })
    expect(await call('startRecord')).toEqual({
      errMsg:
        os === 'ios'
          ? 'startRecord:fail, the permission value is offline verifying'
          : 'startRecord:permission denied',
    })
  })
}

test('refusals of wx.config arrive in the words of the documents', async ({ open, platform }) => {
  const { configure, run } = await open({ os: 'android' })
  expect(await configure([], "location.origin + '/other'")).toBe('config:invalid signature')
  platform.account.jsDomains = ['other.example.com']
  expect(await configure([])).toBe('config:invalid url domain')
  platform.account.jsDomains = [new URL(String(await run('location.href'))).host]
  platform.switches.set('account', 'test')
  platform.followers.remove(platform.identities.openidOf(platform.people[0]))
  expect(await configure([])).toBe('config:require subscribe')
  platform.switches.set('account', 'unverified')
  expect(await configure(['updateTimelineShareData'])).toBe('ok')
})

test('an older WeChat says that it does not have the function', async ({ open }) => {
  const { call, configure } = await open({ os: 'android', device: { version: '6.7.1' } })
  await configure(['updateTimelineShareData'])
  const card = { title: 't', link: 'http://127.0.0.1/', imgUrl: 'i' }
  expect(await call('updateTimelineShareData', card)).toEqual({
    errMsg: 'updateTimelineShareData:function not exist',
  })
})

for (const os of ['ios', 'android'] as const) {
  test(`${os}: an old handler shares from the menu, with what "trigger" changes at the last moment`, async ({
    open,
    site,
  }) => {
    const { view, run, configure } = await open({ os })
    await configure(['onMenuShareAppMessage'])
    await run(`
      const card = { title: 'before', desc: 'd', link: location.origin + '/card', imgUrl: 'i',
        trigger: () => { card.title = 'at the last moment' }, success: () => { window.shared = true } }
      wx.onMenuShareAppMessage(card)`)
    expect(await view.share('appmessage')).toEqual({
      title: 'at the last moment',
      desc: 'd',
      link: `${site.url}/card`,
      imgUrl: 'i',
      source: 'legacy',
    })
    expect(await run('window.shared')).toBe(true)
    expect((await view.share('timeline')).source).toBe('default')
  })

  test(`${os}: the address that counts after pushState`, async ({ open }) => {
    const { run, configure, call } = await open({ os })
    await run("history.pushState({}, '', '/b')")
    expect(await configure(['scanQRCode'], "location.origin + '/a'")).toBe(
      os === 'ios' ? 'ok' : 'config:invalid signature',
    )
    expect(await configure(['scanQRCode'])).toBe(os === 'ios' ? 'config:invalid signature' : 'ok')
    await run("history.pushState({}, '', '/c#x')")
    expect((await call('scanQRCode'))['errMsg']).toBe(
      os === 'ios' ? 'scanQRCode:ok' : 'scanQRCode:permission denied',
    )
  })
}

test('Android shows a local picture by its id; iOS gives its data', async ({ open }) => {
  const android = await open({ os: 'android' })
  await android.configure(['chooseImage'])
  const width = await android.run(`call('chooseImage').then(({ localIds }) => new Promise((done) => {
    const image = document.body.appendChild(new Image())
    image.onload = () => done(image.naturalWidth)
    image.src = localIds[0]
  }))`)
  expect(width).toBe(320)

  const ios = await open({ os: 'ios' })
  await ios.configure(['chooseImage', 'getLocalImgData'])
  const { localIds } = await ios.call('chooseImage')
  const { localData } = await ios.call('getLocalImgData', { localId: (localIds as string[])[0] })
  expect(String(localData)).toMatch(/^data:image\/jgp;base64,iVBOR/)
})

test('a recording is played, and its end is told', async ({ open }) => {
  const { call, configure, run } = await open({ os: 'android' })
  await configure(['startRecord', 'stopRecord', 'playVoice', 'onVoicePlayEnd'])
  await run('wx.onVoicePlayEnd({ complete: (reply) => { window.ended = reply } })')
  await call('startRecord')
  const { localId } = await call('stopRecord')
  expect(await call('playVoice', { localId })).toEqual({ errMsg: 'playVoice:ok' })
  await expect.poll(() => run('window.ended')).toEqual({ errMsg: 'onVoicePlayEnd:ok', localId })
})

test('open tags: drawn by the config, tapped, gone with the route; an old WeChat says that it cannot', async ({
  open,
}) => {
  const { view, run } = await open({ os: 'ios' })
  const page = view.page
  await run(`document.body.insertAdjacentHTML('beforeend', '<wx-open-launch-weapp id="tag" username="gh_1">' +
    '<script type="text/wxtag-template"><button>open</button></' + 'script></wx-open-launch-weapp>')
    for (const name of ['ready', 'launch', 'error'])
      tag.addEventListener(name, () => { (window.events ??= []).push(name) })
    configure(location.href, { jsApiList: [], openTagList: ['wx-open-launch-weapp'] })`)
  await page.getByRole('button', { name: 'open' }).click()
  await expect.poll(() => run('window.events')).toEqual(['ready', 'launch'])
  await run("history.pushState({}, '', '/next')")
  await expect(page.getByRole('button', { name: 'open' })).toHaveCount(0)

  const old = await open({ os: 'android', device: { version: '7.0.11' } })
  const told = old.run(`new Promise((done) => {
    document.addEventListener('WeixinOpenTagsError', ({ detail }) => done(detail.errMsg))
    configure(location.href, { jsApiList: [], openTagList: ['wx-open-launch-weapp'] })
  })`)
  expect(await told).toEqual(expect.any(String))
})

/** Opens a page whose scripts note what they see of the bridge, the last of them in the body. */
const watched = async (view: WechatView, url: string) => {
  await view.context.route('**/watch', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<script>window.seen = [typeof WeixinJSBridge]</script><body><script>
        document.addEventListener('WeixinJSBridgeReady', () => seen.push('event', Object.keys(WeixinJSBridge).sort().join()))
        </script></body>`,
    }),
  )
  await view.page.goto(new URL('/watch', url).href)
  await view.page.waitForFunction(() => (window as unknown as { seen: string[] }).seen.includes('event'))
  return view.page.evaluate(() => (window as unknown as { seen: string[] }).seen)
}

for (const [os, before] of [
  ['ios', 'object'],
  ['android', 'undefined'],
] as const)
  test(`${os}: the bridge comes in its time, and its event is heard [bridge-arrival] [bridge-ready-event] [bridge-members]`, async ({
    open,
    site,
  }) => {
    const { view } = await open({ os })
    expect(await watched(view, site.url)).toEqual([before, 'event', 'call,env,invoke,log,on'])
  })

test('the environment is empty [bridge-env-empty]', async ({ open }) => {
  const { run } = await open({ os: 'ios' })
  expect(await run('JSON.stringify(WeixinJSBridge.env)')).toBe('{}')
})

test('a page that sets no card is shared with the route in its hash [default-card]', async ({
  open,
  site,
}) => {
  for (const os of ['ios', 'android'] as const) {
    const { view, run } = await open({ os })
    await run("location.hash = '/route'")
    expect(await view.share('appmessage')).toMatchObject({ link: `${site.url}/a#/route`, source: 'default' })
  }
})

test('of two handlers of an event the last one is called [one-handler]', async ({ open }) => {
  const { view, run, configure } = await open({ os: 'ios' })
  await configure(['onMenuShareTimeline'])
  await run(`window.heard = []
    for (const name of ['first', 'last'])
      WeixinJSBridge.on('menu:share:timeline', () => { heard.push(name) })`)
  await view.share('timeline')
  expect(await run('heard')).toEqual(['last'])
})

test('what a page has hidden cannot be tapped [hidden-items]', async ({ open }) => {
  const { view, configure, call } = await open({ os: 'android' })
  await configure(['hideMenuItems', 'showMenuItems'])
  await call('hideMenuItems', { menuList: ['menuItem:share:timeline'] })
  await expect(view.share('timeline')).rejects.toThrow('hidden menuItem:share:timeline')
  expect(await view.share('appmessage')).toMatchObject({ source: 'default' })
  await call('showMenuItems', { menuList: ['menuItem:share:timeline'] })
  expect(await view.share('timeline')).toMatchObject({ source: 'default' })
  await call('hideOptionMenu')
  await expect(view.share('appmessage')).rejects.toThrow('hidden the menu')
})
