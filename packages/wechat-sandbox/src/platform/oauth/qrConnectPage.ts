import type { Account, Person } from '../account.ts'
import { escapeHtml, page, peopleChoices, type Language } from './authorizePages.ts'

const WORDS = {
  zh: { title: '微信登录', hint: '使用微信扫一扫登录', who: '谁来扫码', decline: '拒绝', allow: '允许' },
  en: {
    title: 'WeChat login',
    hint: 'Scan the code with WeChat',
    who: 'Who scans',
    decline: 'Decline',
    allow: 'Allow',
  },
} as const

/** The page with the code, and the people who can scan it. */
export function qrConnectPage(
  input: {
    account: Account
    people: Person[]
    chosen: Person
    picture: Buffer
    login: string
    action: string
  },
  language: Language,
): string {
  const { account, people, chosen, picture, login, action } = input
  const words = WORDS[language]
  return page(
    language,
    `<form class="sheet" method="post" action="${escapeHtml(action)}">
  <h1>${words.title}</h1>
  <p><img width="215" height="215" alt="" src="data:image/png;base64,${picture.toString('base64')}"></p>
  <p>${words.hint} · ${escapeHtml(account.name)}</p>
  <fieldset><legend>${words.who}</legend>${peopleChoices(people, chosen, '')}</fieldset>
  <input type="hidden" name="login" value="${escapeHtml(login)}">
  <div class="buttons"><button name="answer" value="decline">${words.decline}</button>
  <button class="primary" name="answer" value="allow">${words.allow}</button></div>
</form>`,
  )
}
