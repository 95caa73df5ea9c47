import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SITE, startTestApi, type TestApi } from '../testApi.testing.ts'

let api: TestApi
beforeEach(async () => void (api = await startTestApi()))
afterEach(() => api.close())

const WECHAT = 'Mozilla/5.0 (iPhone) MicroMessenger/8.0.60'
interface Opened {
  status: number
  text: string
  location: URL | undefined
}

async function open({
  scope = 'snsapi_userinfo',
  extra = '',
  cookie = '',
  agent = WECHAT,
  language = 'zh-CN',
} = {}): Promise<Opened> {
  const query = new URLSearchParams({
    appid: api.platform.account.appId,
    redirect_uri: `${SITE}/cb`,
    response_type: 'code',
    scope,
    state: 'abc',
  })
  return read(
    await api.fetch(`/connect/oauth2/authorize?${query}${extra}`, {
      redirect: 'manual',
      headers: { 'user-agent': agent, cookie, 'accept-language': language },
    }),
  )
}
async function answer(page: Opened, fields: Record<string, string>): Promise<Opened> {
  const consent = /name="consent" value="(\w+)"/.exec(page.text)?.[1] ?? ''
  const body = new URLSearchParams({ consent, ...fields })
  return read(await api.fetch('/connect/oauth2/consent', { method: 'POST', redirect: 'manual', body }))
}
async function read(response: Response): Promise<Opened> {
  const location = response.headers.get('location')
  return {
    status: response.status,
    text: await response.text(),
    location: location ? new URL(location) : undefined,
  }
}
const visitorOf = ({ location }: Opened) =>
  api.platform.logins.exchange(location?.searchParams.get('code')) as Record<string, unknown>
const openidOf = (id: string) => api.platform.identities.openidOf(api.platform.identities.person(id))

describe('the authorize page', () => {
  it('lets snsapi_base pass unseen [silent-logins]', async () => {
    const opened = await open({ scope: 'snsapi_base' })
    expect(opened.location?.searchParams.get('state')).toBe('abc')
    expect(visitorOf(opened)).toMatchObject({ openid: openidOf('xiaoqing'), scope: 'snsapi_base' })
  })

  it('asks for snsapi_userinfo, of the person who holds the phone [silent-logins]', async () => {
    const page = await open({ cookie: 'wechat_person=amu' })
    expect(page.text).toMatch(/value="amu" checked/)
    const allowed = await answer(page, { answer: 'allow', person: 'lin' })
    expect(visitorOf(allowed)).toMatchObject({ openid: openidOf('lin'), scope: 'snsapi_userinfo' })
    expect((await answer(page, { answer: 'allow', person: 'lin' })).text).toContain('授权已经结束')
  })

  it('redirects nobody who declines [decline-stays]', async () => {
    const declined = await answer(await open(), { answer: 'decline', person: 'amu' })
    expect([declined.status, declined.location]).toEqual([200, undefined])
  })

  it('asks no follower who comes from the chat, but everybody else [silent-logins]', async () => {
    expect((await open({ cookie: 'wechat_person=amu; wechat_entry=chat' })).status).toBe(302)
    expect((await open({ cookie: 'wechat_person=lin; wechat_entry=chat' })).text).toContain('name="consent"')
  })

  it('speaks one language, the one of the browser', async () => {
    const inLanguage = async (language: string, scope = 'snsapi_userinfo') =>
      (await open({ language, scope })).text.replace(/<style>.*<\/style>/s, '').replace(/[小晴阿木]/g, '')
    for (const scope of ['snsapi_userinfo', 'nonsense']) {
      expect(await inLanguage('en-GB,en;q=0.9,zh;q=0.1', scope)).not.toMatch(/[\u4e00-\u9fff]/)
      expect(await inLanguage('fr', scope)).not.toMatch(/[\u4e00-\u9fff]/)
    }
    const chinese = await inLanguage('zh-CN,zh;q=0.9,en;q=0.8')
    expect(chinese).toMatch(/申请[\s\S]*获取你的昵称、头像[\s\S]*拒绝[\s\S]*允许/)
    expect(chinese.replace('My Official Account', '').replace(/<[^>]*>/g, '')).not.toMatch(/[A-Za-z]{4}/)
  })

  it('opens only in WeChat [decline-stays]', async () => {
    expect((await open({ agent: 'Mozilla/5.0 Chrome' })).text).toContain('请在微信客户端打开链接')
  })
})

describe('the switches', () => {
  it('consent answers for the person', async () => {
    api.platform.switches.set('consent', 'allow')
    expect(visitorOf(await open())).toMatchObject({ scope: 'snsapi_userinfo' })
    api.platform.switches.set('consent', 'decline')
    expect((await open()).text).toContain('已拒绝')
  })

  it('snapshot gives a virtual visitor, until the person has agreed to a real login [snapshot-login] [consent-lasts-a-day]', async () => {
    api.platform.switches.set('snapshot', true)
    expect(visitorOf(await open())).toMatchObject({ is_snapshotuser: 1 })
    const asked = await open({ extra: '&forcePopup=true' })
    expect(asked.text).toContain('name="consent"')
    await answer(asked, { answer: 'allow', person: 'xiaoqing' })
    expect((await open()).text).toContain('name="consent"')
    api.forward(86_400)
    expect(visitorOf(await open())).toMatchObject({ is_snapshotuser: 1 })
  })

  it('forceSnapShot does the same for one request [force-parameters]', async () => {
    expect(visitorOf(await open({ extra: '&forceSnapShot=true' }))).toMatchObject({ is_snapshotuser: 1 })
    const fromChat = { extra: '&forceSnapShot=true', cookie: 'wechat_person=amu; wechat_entry=chat' }
    expect(visitorOf(await open(fromChat))).not.toHaveProperty('is_snapshotuser')
  })

  it.each([
    ['account', 'unverified', '10005'],
    ['account', 'subscription', '10005'],
    ['authorizeError', '10004', '10004'],
    ['authorizeError', '10009', '10009'],
    ['authorizeError', '10015', '10015'],
  ] as const)('%s %s is refused with %s [account-permissions]', async (name, value, code) => {
    api.platform.switches.set(name, value as never)
    expect((await open({ scope: 'snsapi_base' })).text).toContain(`<p class="code">${code}</p>`)
  })

  it('a test account is for followers [oauth-test-account]', async () => {
    api.platform.switches.set('account', 'test')
    expect((await open({ cookie: 'wechat_person=lin' })).text).toContain('10006')
    expect((await open({ cookie: 'wechat_person=amu' })).text).toContain('name="consent"')
  })

  it('authorizePerMinute stops a site that redirects in a loop [login-rate]', async () => {
    api.platform.switches.set('authorizePerMinute', 3)
    for (let count = 0; count < 3; count++) expect((await open({ scope: 'snsapi_base' })).status).toBe(302)
    expect((await open({ scope: 'snsapi_base' })).text).toContain('10009')
    api.forward(60)
    expect((await open({ scope: 'snsapi_base' })).status).toBe(302)
  })
})

it('stands in the log of calls, without the code', async () => {
  const { location } = await open({ scope: 'snsapi_base' })
  await open({ scope: 'snsapi_login' })
  await expect
    .poll(() => api.platform.calls.list())
    .toMatchObject([
      { path: '/connect/oauth2/authorize', status: 302, errcode: 0 },
      { path: '/connect/oauth2/authorize', status: 200, errcode: 10005 },
    ])
  expect(JSON.stringify(api.platform.calls.list())).not.toContain(location?.searchParams.get('code'))
})

it('a mini program shows the login page as WeChat does [mini-program-login]', async () => {
  const agent = `${WECHAT} miniProgram/wx5a6e64b0c1a2b3d4`
  const page = await open({ agent, scope: 'snsapi_base' })
  expect(page.location?.searchParams.get('code')).toBeTruthy()
})

it('WeCom is sent to WeChat, as a browser is: it logs nobody in for an Official Account [wecom-login]', async () => {
  const agent = 'Mozilla/5.0 (iPhone) wxwork/4.1.36 MicroMessenger/7.0.1 Language/zh'
  const page = await open({ agent, scope: 'snsapi_base' })
  expect(page.location).toBeUndefined()
  expect(page.text).toContain('请在微信客户端打开链接')
})
