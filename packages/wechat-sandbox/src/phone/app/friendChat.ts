import type { OpenLink } from './accountMessage.js'
import { note } from './bubbles.js'
import { avatar, button, byId, el, image } from './elements.js'
import { MOMENTS, mailbox, type Shared } from './mailbox.js'
import type { Store } from './store.js'
import { minuteOf } from './times.js'
import { words } from './words.js'

export interface SharedActions {
  open: OpenLink
  handOver: (person: string) => Promise<void>
}

/** Fills the chat with a friend: greetings, and the cards that went to and fro. */
export function showFriendChat(store: Store, friendId: string, actions: SharedActions): void {
  const { me } = store
  const friend = store.person(friendId)
  const shared = mailbox.between(me.id, friend.id)
  const sentLast = shared.at(-1)?.from === me.id
  byId('chat').replaceChildren(
    el('div', { class: 'message' }, avatar(friend), el('p', { class: 'bubble' }, words.hello)),
    ...shared.flatMap((one) => [
      note(minuteOf(one.at)),
      el(
        'div',
        { class: one.from === me.id ? 'message mine' : 'message' },
        avatar(store.person(one.from)),
        one.bare ? bareLink(one, actions) : chatCard(one, store.state.account.name, actions),
      ),
      ...(one.bare ? [note(words.bareLink)] : one.card.source === 'default' ? [note(words.defaultCard)] : []),
    ]),
    ...(sentLast
      ? [
          el(
            'p',
            { class: 'hand-over' },
            words.handOverHint(friend.nickname),
            button('pill', () => void actions.handOver(friend.id), [words.handOver(friend.nickname)]),
          ),
        ]
      : []),
  )
  byId('chat').scrollTop = byId('chat').scrollHeight
}

/** Fills Moments, where only title and picture of a card are shown. */
export function showMoments(store: Store, actions: SharedActions): void {
  const posts = mailbox.posts()
  byId('moments').replaceChildren(
    el('div', { class: 'moments-head' }, el('span', {}, store.me.nickname), avatar(store.me)),
    ...posts.map((post) => {
      const author = store.person(post.from)
      return el(
        'article',
        { class: 'post' },
        avatar(author),
        el(
          'div',
          {},
          el('p', { class: 'post-name' }, author.nickname),
          button('strip', () => actions.open(linkOf(post), { bare: post.bare }), [
            picture(post),
            el('span', {}, post.card.title),
          ]),
          el('p', { class: 'post-time' }, minuteOf(post.at)),
          post.card.source === 'default' && el('p', { class: 'post-time' }, words.defaultCard),
        ),
      )
    }),
    ...(posts.length ? [] : [note(words.noPosts)]),
  )
}

/** A card as chats show it. */
export function chatCard(
  shared: Shared,
  siteName: string,
  actions: Pick<SharedActions, 'open'>,
): HTMLElement {
  const { card } = shared
  return button('card', () => actions.open(linkOf(shared), { bare: false }), [
    el('span', { class: 'card-title' }, card.title),
    el('span', { class: 'card-middle' }, el('span', { class: 'card-desc' }, card.desc), picture(shared)),
    el('span', { class: 'card-foot' }, siteName),
  ])
}

function bareLink(shared: Shared, actions: SharedActions): HTMLElement {
  const { link } = shared.card
  return el(
    'p',
    { class: 'bubble' },
    button('link', () => actions.open(link, { bare: true }), [link]),
  )
}

// WeChat adds where a link was opened from; a page that signs must sign the address with it.
function linkOf({ to, card }: Shared): string {
  const url = new URL(card.link, location.href)
  url.searchParams.set('from', to === MOMENTS ? 'timeline' : 'singlemessage')
  url.searchParams.set('isappinstalled', '0')
  return url.href
}

function picture({ card }: Shared): HTMLElement {
  const none = () => el('span', { class: 'thumbnail' })
  return card.imgUrl ? image({ class: 'thumbnail', src: card.imgUrl, alt: '' }, none) : none()
}
