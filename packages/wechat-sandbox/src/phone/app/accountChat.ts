import type { Entry } from '../../platform/conversations.ts'
import type { Act } from '../acts.ts'
import type { OpenLink } from './accountMessage.js'
import { bubble, note } from './bubbles.js'
import { accountPicture } from './chatList.js'
import type { Conversation } from './conversation.js'
import { avatar, button, byId, el, icon } from './elements.js'
import { ICONS } from './icons.js'
import { openLayer } from './layer.js'
import { pickPictures } from './pictures.js'
import type { Store } from './store.js'
import { words } from './words.js'

export interface AccountChat {
  show(): void
  /** Something new in the conversation. */
  add(entry: Entry): void
}

/** The conversation with the account: what was said, the menu, and a line to write in. */
export function createAccountChat(
  store: Store,
  conversation: Conversation,
  actions: { act: (act: Act) => void; open: OpenLink },
): AccountChat {
  const list = el('div', { class: 'messages', role: 'log', 'aria-live': 'polite' })
  const foot = el('div', { class: 'composer' })
  let typing = false

  const pictures = () => ({ me: avatar(store.me), account: accountPicture(store.state.account.name) })
  const add = (entry: Entry) => {
    const answer = (item: string) => actions.act({ kind: 'messageMenu', item })
    const shown = bubble(entry, pictures(), { open: actions.open, answer })
    if (shown) list.append(shown)
    list.scrollTop = list.scrollHeight
  }

  function show(): void {
    const { entries } = conversation
    conversation.seen()
    list.replaceChildren(...(entries.length ? [] : [note(words.empty)]))
    entries.forEach(add)
    byId('account').replaceChildren(followBar(), list, foot)
    showFoot()
    list.scrollTop = list.scrollHeight
  }

  function followBar(): HTMLElement {
    const { follows, account } = store.state
    return el(
      'div',
      { class: follows ? 'follow-bar follows' : 'follow-bar' },
      el('span', {}, follows ? `${account.name} · ${words.follows}` : words.followHint),
      button('pill', () => actions.act({ kind: follows ? 'unfollow' : 'follow' }), [
        follows ? words.unfollow : words.follow,
      ]),
    )
  }

  function showFoot(): void {
    const { menu } = store.state
    const hasMenu = menu.length > 0
    const writes = typing || !hasMenu
    const toggle = button(
      'icon',
      () => ((typing = !typing), showFoot()),
      [icon(writes ? ICONS.menu : ICONS.keyboard)],
      {
        'aria-label': writes ? words.showMenu : words.showKeyboard,
      },
    )
    foot.replaceChildren(
      ...(hasMenu ? [toggle] : []),
      ...(writes ? [writing(), extras()] : menu.map(menuButton)),
    )
    if (typing) foot.querySelector('input')?.focus()
  }

  function writing(): HTMLElement {
    const input = el('input', {
      name: 'text',
      'aria-label': words.message,
      autocomplete: 'off',
      maxlength: '2000',
    })
    const submit = (event: Event) => {
      event.preventDefault()
      const content = input.value.trim()
      if (content) actions.act({ kind: 'text', content })
      input.value = ''
    }
    return el('form', { class: 'writing', submit }, input, el('button', { class: 'send' }, words.send))
  }

  function extras(): HTMLElement {
    const choose = () =>
      openLayer('sheet', words.more, (close) => [
        button('sheet-line', () => (close(), void sendPicture()), [icon(ICONS.picture), words.picture]),
        button('sheet-line', () => (close(), actions.act({ kind: 'location' })), [
          icon(ICONS.place),
          words.place,
        ]),
        button('sheet-cancel', close, [words.cancel]),
      ])
    return button('icon', choose, [icon(ICONS.plus)], { 'aria-label': words.more })
  }

  async function sendPicture(): Promise<void> {
    const [name] = (await pickPictures(1)) ?? []
    if (name) actions.act({ kind: 'picture', name })
  }

  function menuButton(top: Store['state']['menu'][number], at: number): HTMLElement {
    if (!('sub_button' in top))
      return button('menu-button', () => actions.act({ kind: 'menu', button: at }), [top.name])
    const choose = () =>
      openLayer('sheet', top.name, (close) => [
        ...top.sub_button.map((one, sub) =>
          button('sheet-line', () => (close(), actions.act({ kind: 'menu', button: at, sub })), [one.name]),
        ),
        button('sheet-cancel', close, [words.cancel]),
      ])
    return button('menu-button', choose, [`≡ ${top.name}`], { 'aria-haspopup': 'dialog' })
  }

  return {
    show,
    add(entry) {
      conversation.seen()
      if (conversation.entries.length === 1) list.replaceChildren()
      add(entry)
    },
  }
}
