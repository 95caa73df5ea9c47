import type { Account, Person } from './account.ts'
import type { Scope } from './logins.ts'

/** The authorize request was read and may go on. */
export interface AuthorizeRequest {
  redirectUri: string
  scope: Scope
  state: string
}

/** What WeChat's authorize page says instead of going on. */
export interface AuthorizeRefusal {
  code: number | undefined
  text: string
}

const ORDER =
  /^appid=[^&]*&redirect_uri=[^&]*&response_type=code&scope=[^&]*&state=[^&]*(&connect_redirect=1)?(&forcePopup=(true|false))?(&forceSnapShot=(true|false))?$/

/**
 * Reads the query of `/connect/oauth2/authorize`, which WeChat holds against a strict pattern.
 *
 * @see https://developers.weixin.qq.com/doc/offiaccount/OA_Web_Apps/Wechat_webpage_authorization.html
 */
export function readAuthorize(rawQuery: string, account: Account): AuthorizeRequest | AuthorizeRefusal {
  const query = new URLSearchParams(rawQuery)
  const missing = (
    [
      ['scope', 10010],
      ['redirect_uri', 10011],
      ['appid', 10012],
      ['state', 10013],
    ] as const
  ).find(([name]) => !query.get(name))
  if (missing) return { code: missing[1], text: `${missing[0]} is empty` }
  if (!ORDER.test(rawQuery)) {
    return {
      code: undefined,
      text: 'The parameters must stand in this order: appid, redirect_uri, response_type, scope, state.',
    }
  }
  const redirectUri = query.get('redirect_uri') ?? ''
  const scope = query.get('scope')
  const state = query.get('state') ?? ''
  if (query.get('appid') !== account.appId)
    return { code: 10016, text: 'This AppID is not the account of the sandbox.' }
  if (!URL.canParse(redirectUri) || new URL(redirectUri).host !== account.oauthDomain) {
    return {
      code: 10003,
      text: `redirect_uri must lie on ${account.oauthDomain}, the OAuth callback domain of the account.`,
    }
  }
  if (scope !== 'snsapi_base' && scope !== 'snsapi_userinfo')
    return { code: 10005, text: `The account has no scope "${scope}".` }
  if (!/^[a-zA-Z0-9]{1,128}$/.test(state))
    return { code: undefined, text: 'state must be 1 to 128 letters and digits.' }
  return { redirectUri, scope, state }
}

/** Where the browser goes once the person has agreed: `code` and `state` are added, a hash stays last. */
export function redirectWithCode(request: AuthorizeRequest, code: string): string {
  const [address = '', hash] = request.redirectUri.split('#', 2)
  const joint = address.includes('?') ? '&' : '?'
  return `${address}${joint}code=${code}&state=${request.state}${hash === undefined ? '' : `#${hash}`}`
}

/** The page that asks for consent, with the people who may hold this phone. */
export function consentPage(input: {
  account: Account
  people: Person[]
  chosen: Person
  action: string
  consent: string
}): string {
  const { account, people, chosen, action, consent } = input
  const choices = people
    .map(
      (person) =>
        `<label class="person"><input type="radio" name="person" value="${escapeHtml(person.id)}"${
          person === chosen ? ' checked' : ''
        }><img src="${escapeHtml(person.avatar)}" alt="" width="44" height="44"><span>${escapeHtml(person.nickname)}</span></label>`,
    )
    .join('')
  return page(
    '微信登录',
    `<form method="post" action="${escapeHtml(action)}">
  <p class="account">${escapeHtml(account.name)}</p>
  <h1>申请获取你的昵称和头像</h1>
  <p class="en">wants to see your nickname and avatar</p>
  <fieldset><legend>以谁的身份 · as</legend>${choices}</fieldset>
  <input type="hidden" name="consent" value="${escapeHtml(consent)}">
  <div class="buttons"><button name="answer" value="decline">拒绝 Decline</button>
  <button class="primary" name="answer" value="allow">允许 Allow</button></div>
</form>`,
  )
}

/** The page that WeChat shows when a login can't go on. */
export function refusalPage(refusal: AuthorizeRefusal): string {
  const code = refusal.code === undefined ? '' : `<p class="code">${refusal.code}</p>`
  return page(
    '微信登录',
    `<div class="refusal"><h1>无法登录 · Cannot log in</h1>${code}<p>${escapeHtml(refusal.text)}</p></div>`,
  )
}

/** After a decline there is no redirect: the person is back where they were. */
export function declinedPage(): string {
  return page(
    '微信登录',
    '<div class="refusal"><h1>已拒绝 · Declined</h1><p><a href="javascript:history.go(-2)">返回 Back</a></p></div>',
  )
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>
:root { color-scheme: light dark; --ink: #191919; --soft: #737373; --paper: #fff; --line: #e5e5e5 }
@media (prefers-color-scheme: dark) { :root { --ink: #eee; --soft: #999; --paper: #191919; --line: #333 } }
* { box-sizing: border-box } body { margin: 0; padding: 32px 24px; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper) }
form, .refusal { max-width: 400px; margin: 0 auto } h1 { font-size: 20px; margin: 4px 0 } .account { font-weight: 600; margin: 0 }
.en, .code, legend { color: var(--soft); margin: 0 } fieldset { border: 0; padding: 0; margin: 28px 0 } legend { font-size: 14px; padding-bottom: 8px }
.person { display: flex; align-items: center; gap: 12px; padding: 10px 0; border-bottom: 1px solid var(--line); cursor: pointer }
.person img { border-radius: 6px } input[type=radio] { accent-color: #07c160; width: 20px; height: 20px }
.buttons { display: flex; gap: 12px } button { flex: 1; padding: 12px; border: 0; border-radius: 8px; font: inherit; background: var(--line); color: var(--ink); cursor: pointer }
button.primary { background: #07c160; color: #fff } button:focus-visible { outline: 3px solid #07c16088; outline-offset: 2px }
</style></head><body>${body}</body></html>`
}
