import type { Account, Person } from '../account.ts'
import type { AuthorizeRefusal } from './authorize.ts'

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

function escapeHtml(text: string): string {
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
