import type { Conversation } from './conversation.js'
import { avatar, button, byId, el, icon } from './elements.js'
import { textOf } from './bubbles.js'
import { ICONS } from './icons.js'
import { mailbox } from './mailbox.js'
import type { Store } from './store.js'
import { minuteOf } from './times.js'
import { words } from './words.js'

export interface ChatListActions {
  openAccount: () => void
  openFriend: (id: string) => void
  openMoments: () => void
  scan: () => void
  panel: () => void
}

/** Fills the list of chats: the account, and everybody else. */
export function showChatList(
  store: Store,
  { entries, unread }: Conversation,
  actions: ChatListActions,
): void {
  const { account } = store.state
  const last = entries.at(-1)
  byId('chats').replaceChildren(
    row(
      accountPicture(account.name),
      account.name,
      last ? textOf(last) : words.noMessages,
      last?.at,
      unread,
      actions.openAccount,
    ),
    ...store.others.map((friend) => {
      const shared = mailbox.between(store.state.person, friend.id).at(-1)
      const text = shared ? words.cardSent + shared.card.title : words.hello
      return row(avatar(friend), friend.nickname, text, shared?.at, 0, () => actions.openFriend(friend.id))
    }),
  )
}

/** Fills the second tab: Moments, and the scanner. */
export function showDiscover(actions: ChatListActions): void {
  byId('discover').replaceChildren(
    button('line', actions.openMoments, [icon(ICONS.moments), words.moments]),
    button('line', actions.scan, [icon(ICONS.scan), words.scan]),
    button('line only-narrow', actions.panel, [icon(ICONS.panel), words.panel]),
  )
}

/** The account has no picture of its own; its first letter does. */
export const accountPicture = (name: string): HTMLElement =>
  el('span', { class: 'avatar letter-picture account-picture', 'aria-hidden': 'true' }, [...name][0])

function row(
  picture: HTMLElement,
  name: string,
  text: string,
  at: number | undefined,
  unread: number,
  click: () => void,
): HTMLElement {
  return button('row', click, [
    el('span', { class: 'row-picture' }, picture, unread > 0 && el('b', { class: 'badge' }, String(unread))),
    el('span', { class: 'row-name' }, name),
    el('span', { class: 'row-time' }, at === undefined ? '' : minuteOf(at)),
    el('span', { class: 'row-text' }, text),
  ])
}
