import { el } from './elements.js'
import { form, select, text } from './fields.js'
import type { Store } from './store.js'
import { words } from './words.js'

/** What the console of the account would show, to be changed as there. */
export function accountSettings(store: Store): HTMLElement {
  const { account } = store.state
  const modes = el(
    'label',
    { class: 'field' },
    el('span', {}, words.mode),
    select(Object.entries(words.modes), account.push.mode, () => undefined),
  )
  modes.querySelector('select')?.setAttribute('name', 'mode')
  return el(
    'div',
    {},
    el(
      'dl',
      { class: 'ids' },
      el('dt', {}, 'AppID'),
      el('dd', {}, account.appId),
      el('dt', {}, 'ID'),
      el('dd', {}, account.originalId),
    ),
    el('h3', {}, words.console),
    form(
      words.save,
      [
        text(words.jsDomains, 'jsDomains', account.jsDomains.join('\n'), 3),
        text(words.oauthDomain, 'oauthDomain', account.oauthDomain),
      ],
      async ({ jsDomains = '', oauthDomain }) => {
        await store.change('account', { jsDomains: jsDomains.split(/\s+/).filter(Boolean), oauthDomain })
        return words.saved
      },
    ),
    el('h3', {}, words.server),
    el('p', { class: 'quiet' }, words.serverHint),
    form(
      words.save,
      [
        text(words.serverUrl, 'url', account.push.url),
        text(words.token, 'token', account.push.token),
        text(words.aesKey, 'encodingAesKey', account.push.encodingAesKey),
        modes,
      ],
      async (values) => {
        await store.change('server', values)
        return words.verified
      },
    ),
  )
}
