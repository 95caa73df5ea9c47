// Links of a guide that set the sandbox up to show an error: `/articles/a?wechat_try=ticket-expired`. Whoever follows one
// is asked first, since any site can link here.
import { button, el } from './elements.js'
import { openLayer, toast } from './layer.js'
import { server } from './server.js'
import type { Store } from './store.js'
import { inWords, words } from './words.js'

interface SetUp {
  en: string
  zh: string
  apply: (store: Store) => Promise<unknown>
}

const NAME = 'wechat_try'
const REMEMBERED = 'wechat_domains'
const LOGIN_API = '/sns/oauth2/access_token'

const set = (name: string, value: string | boolean) => (store: Store) =>
  store.change('switch', { name, value })
const failLogin = (errcode: number) => (store: Store) =>
  store.change('fault', { path: LOGIN_API, fault: { errcode }, times: 1 })
const after =
  (...steps: SetUp['apply'][]): SetUp['apply'] =>
  async (store) => {
    for (const step of steps) await step(store)
  }
const onIos: SetUp['apply'] = (store) => store.change('device', { os: 'ios' })
const killTicket: SetUp['apply'] = (store) => store.change('credentials', { event: 'ticket ended' })

/** What a link can ask for, by its name. */
export const SET_UPS: Record<string, SetUp> = {
  'ticket-expired': { en: 'the jsapi_ticket has expired', zh: 'jsapi_ticket 已失效', apply: killTicket },
  'wrong-js-domain': {
    en: 'the JS interface security domain is example.com',
    zh: 'JS接口安全域名是 example.com',
    apply: otherDomain({ jsDomains: ['example.com'] }),
  },
  'wrong-oauth-domain': {
    en: 'the OAuth callback domain is example.com',
    zh: '网页授权域名是 example.com',
    apply: otherDomain({ oauthDomain: 'example.com' }),
  },
  ios: { en: 'an iPhone', zh: 'iPhone', apply: onIos },
  unverified: {
    en: 'the account is not verified',
    zh: '公众号未认证',
    apply: set('account', 'unverified'),
  },
  'offline-verifying': {
    en: 'an iPhone that takes a card at the entry URL only',
    zh: '只在入口 URL 接受分享卡片的 iPhone',
    apply: after(onIos, (store) => store.change('quirk', { name: 'iosCardAwayFromEntry', value: 'refused' })),
  },
  'not-following': {
    en: 'a test account that you do not follow',
    zh: '测试号，而且你没有关注',
    apply: after(set('account', 'test'), () => server.act({ kind: 'unfollow' })),
  },
  'code-used': { en: 'the next login fails with 40163', zh: '下一次登录返回 40163', apply: failLogin(40163) },
  'wrong-secret': {
    en: 'the next login fails with 40125',
    zh: '下一次登录返回 40125',
    apply: failLogin(40125),
  },
  'token-replaced': {
    en: 'another system has replaced the access_token',
    zh: '其他系统刷新了 access_token',
    apply: after((store) => store.change('credentials', { event: 'token taken' }), killTicket),
  },
  snapshot: {
    en: 'logins with snsapi_userinfo open as a snapshot page',
    zh: 'snsapi_userinfo 授权进入快照页',
    apply: set('snapshot', true),
  },
  'ip-not-listed': {
    en: "the server's IP address is not on the whitelist",
    zh: '服务器 IP 不在白名单',
    apply: set('ipRefused', true),
  },
  normal: { en: 'everything as at the start', zh: '恢复到刚启动时的样子', apply: backToNormal },
}

/** The domains of before are kept in the browser, since only they lead back to the site. */
function otherDomain(wanted: { jsDomains: string[] } | { oauthDomain: string }): SetUp['apply'] {
  return (store) => {
    const { jsDomains, oauthDomain } = store.state.account
    if (localStorage.getItem(REMEMBERED) === null)
      localStorage.setItem(REMEMBERED, JSON.stringify({ jsDomains, oauthDomain }))
    return store.change('account', wanted)
  }
}

async function backToNormal(store: Store): Promise<void> {
  const domains = localStorage.getItem(REMEMBERED)
  if (domains !== null) await store.change('account', JSON.parse(domains) as object)
  localStorage.removeItem(REMEMBERED)
  await store.change('faults/clear', {})
  for (const { name, value, ...one } of store.state.switches)
    if (value !== one.default) await store.change('switch', { name, value: one.default })
  for (const { name, value, options } of store.state.quirks)
    if (value !== options[0]) await store.change('quirk', { name, value: options[0] })
  if (!store.state.follows) await server.act({ kind: 'follow' })
}

/** The address that a link leads to, and the set-up that it asks for. */
export function readLink(href: string): { address: string; wanted: SetUp | undefined } {
  const url = new URL(href)
  const wanted = SET_UPS[url.searchParams.get(NAME) ?? '']
  if (url.searchParams.has(NAME)) url.searchParams.delete(NAME)
  return { address: url.href, wanted }
}

/** Asks the person, and sets the sandbox up. @param done what follows, say a reload of the page */
export function offer(store: Store, { en, zh, apply }: SetUp, done: () => void): void {
  const text = inWords({ en, zh })
  const run = (close: () => void) => () => {
    close()
    apply(store).then(
      () => (done(), toast(words.happened)),
      (error: Error) => toast(error.message),
    )
  }
  openLayer('dialog', words.setUpTitle, (close) => [
    el('h2', {}, words.setUpTitle),
    el('p', {}, text),
    el(
      'div',
      { class: 'dialog-buttons' },
      button('plain', close, [words.cancel]),
      button('primary', run(close), [words.confirm]),
    ),
  ])
}
