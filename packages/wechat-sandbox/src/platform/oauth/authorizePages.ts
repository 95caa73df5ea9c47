import type { Request } from 'express'
import type { Account, Person } from '../account.ts'
import type { AuthorizeRefusal } from './authorize.ts'

export type Language = 'zh' | 'en'

/** As WeChat does, in the language of the phone: that is the browser's. */
export const languageOf = (req: Request): Language =>
  req.acceptsLanguages('zh', 'en') === 'zh' ? 'zh' : 'en'

const WORDS = {
  zh: {
    title: '微信登录',
    wants: '申请',
    what: '获取你的昵称、头像',
    as: '以谁的身份',
    profile: '微信个人信息',
    decline: '拒绝',
    allow: '允许',
    refused: '无法登录',
    declined: '已拒绝',
    back: '返回',
  },
  en: {
    title: 'WeChat login',
    wants: 'asks for',
    what: 'Your nickname and picture',
    as: 'As whom',
    profile: 'Your WeChat profile',
    decline: 'Decline',
    allow: 'Allow',
    refused: 'Cannot log in',
    declined: 'Declined',
    back: 'Back',
  },
} as const

/** The sheet that asks for consent, with the people who may hold this phone. */
export function consentPage(
  input: { account: Account; people: Person[]; chosen: Person; action: string; consent: string },
  language: Language,
): string {
  const { account, people, chosen, action, consent } = input
  const words = WORDS[language]
  return page(
    language,
    `<form class="sheet" method="post" action="${escapeHtml(action)}">
  <p class="account">${picture(account.name)} <b>${escapeHtml(account.name)}</b> ${words.wants}</p>
  <h1>${words.what}</h1>
  <fieldset><legend>${words.as}</legend>${peopleChoices(people, chosen, words.profile)}</fieldset>
  <input type="hidden" name="consent" value="${escapeHtml(consent)}">
  <div class="buttons"><button name="answer" value="decline">${words.decline}</button>
  <button class="primary" name="answer" value="allow">${words.allow}</button></div>
</form>`,
  )
}

/** The people, one of whom is chosen. @param note what stands below each name */
export function peopleChoices(people: readonly Person[], chosen: Person, note: string): string {
  const choices = people.map(
    (person) => `<label class="person">${picture(person.nickname, person.avatar)}
<span><b>${escapeHtml(person.nickname)}</b><small>${note}</small></span>
<input type="radio" name="person" value="${escapeHtml(person.id)}"${person === chosen ? ' checked' : ''}></label>`,
  )
  return choices.join('')
}

/** The page that WeChat shows when a login can't go on. */
export function refusalPage(refusal: AuthorizeRefusal, language: Language): string {
  const code = refusal.code === undefined ? '' : `<p class="code">${refusal.code}</p>`
  const text = escapeHtml(refusal.text[language])
  return page(language, `<div class="refusal"><h1>${WORDS[language].refused}</h1>${code}<p>${text}</p></div>`)
}

/** After a decline there is no redirect: the person is back where they were. */
export function declinedPage(language: Language): string {
  const { declined, back } = WORDS[language]
  const way = `<p><a href="javascript:history.go(-2)">${back}</a></p>`
  return page(language, `<div class="refusal"><h1>${declined}</h1>${way}</div>`)
}

// The first letter stands where there is no picture, or where it can't be had.
function picture(name: string, source?: string): string {
  const image = source ? `<img src="${escapeHtml(source)}" alt="" onerror="this.remove()">` : ''
  return `<i class="picture" aria-hidden="true">${escapeHtml([...name][0] ?? '')}${image}</i>`
}

/** Text as HTML has it, between tags and in attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)
}

/** A page of the login, with this in its body. */
export function page(language: Language, body: string): string {
  return `<!doctype html><html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8">
<title>${WORDS[language].title}</title><meta name="viewport" content="width=device-width, initial-scale=1"><style>
:root { color-scheme: light dark; --ink: #191919; --soft: #6b6b6b; --paper: #fff; --line: #e5e5e5; --desk: #ededed; --button: #f2f2f2 }
@media (prefers-color-scheme: dark) { :root { --ink: #e7e7e7; --soft: #9a9a9a; --paper: #232323; --line: #3a3a3a; --desk: #111; --button: #333 } }
* { box-sizing: border-box } body { margin: 0; min-height: 100vh; display: flex; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--desk) }
.sheet { align-self: flex-end; width: 100%; padding: 24px 24px 40px; border-radius: 14px 14px 0 0; background: var(--paper); box-shadow: 0 0 0 100vmax rgb(0 0 0 / 40%) }
.account { display: flex; gap: 8px; align-items: center; margin: 0; font-size: 15px } .account .picture { width: 24px; height: 24px; border-radius: 50%; font-size: 13px }
h1 { margin: 20px 0 12px; font-size: 19px } fieldset { border: 0; margin: 0; padding: 0 } legend, .code { color: var(--soft); font-size: 13px; padding: 0 0 4px }
.person { display: flex; align-items: center; gap: 12px; padding: 12px 0; border-top: 1px solid var(--line); cursor: pointer } .person span { flex: 1 } .person b { display: block; font-weight: 400 } small { color: var(--soft) }
.picture { position: relative; overflow: hidden; flex: none; display: grid; place-items: center; width: 44px; height: 44px; border-radius: 6px; background: #8a9a92; color: #fff; font-style: normal; font-weight: 600 }
.picture img { position: absolute; inset: 0; width: 100%; height: 100%; background: #8a9a92 }
input[type=radio] { appearance: none; width: 24px; height: 24px; margin: 0; border-radius: 50% } input[type=radio]:checked { border: solid #07c160; border-width: 0 3px 3px 0; border-radius: 0; width: 9px; height: 17px; margin: 0 8px 4px; transform: rotate(45deg) }
.buttons { display: flex; gap: 16px; justify-content: center; padding-top: 32px } button { width: 136px; padding: 10px; border: 0; border-radius: 6px; font: inherit; font-weight: 600; background: var(--button); color: #06ae56; cursor: pointer }
button.primary { background: #07c160; color: #fff } :focus-visible { outline: 3px solid #07c16088; outline-offset: 2px }
.refusal { width: 100%; padding: 15vh 32px 0; text-align: center; background: var(--paper) } .refusal p { margin: 8px 0; color: var(--soft) } .refusal a { color: #576b95 }
</style></head><body>${body}</body></html>`
}
