import { byId, el } from './elements.js'
import type { Card, Person } from './state.js'
import { words } from './words.js'

export interface CardContext {
  card: Card
  /** Who shares. */
  me: Person
  /** Who gets it. */
  friend: Person
  siteName: string
  open: (link: string) => void
}

/** Puts the card into the chat with a friend. */
export function showChat({ card, me, friend, siteName, open }: CardContext): void {
  byId('chat').replaceChildren(
    el(
      'p',
      { class: 'chat-time' },
      new Date().toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' }),
    ),
    el('div', { class: 'message' }, avatar(friend), el('p', { class: 'bubble' }, words.hello)),
    el(
      'div',
      { class: 'message mine' },
      avatar(me),
      el(
        'button',
        { type: 'button', class: 'card', click: () => open(withOrigin(card.link, 'singlemessage')) },
        el('span', { class: 'card-title' }, card.title),
        el('span', { class: 'card-middle' }, el('span', { class: 'card-desc' }, card.desc), thumbnail(card)),
        el('span', { class: 'card-foot' }, siteName),
      ),
    ),
    el('p', { class: 'chat-hint' }, card.source === 'default' ? words.defaultCard : words.chatHint),
  )
}

/** Puts the card into Moments, where only title and picture are shown. */
export function showMoments({ card, me, open }: CardContext): void {
  byId('moments').replaceChildren(
    el('div', { class: 'moments-head' }, el('span', {}, me.nickname), avatar(me)),
    el(
      'article',
      { class: 'post' },
      avatar(me),
      el(
        'div',
        {},
        el('p', { class: 'post-name' }, me.nickname),
        el(
          'button',
          { type: 'button', class: 'strip', click: () => open(withOrigin(card.link, 'timeline')) },
          thumbnail(card),
          el('span', {}, card.title),
        ),
        el('p', { class: 'post-time' }, card.source === 'default' ? words.defaultCard : words.chatHint),
      ),
    ),
  )
}

// WeChat adds where a link was opened from; a page that signs must sign the address with it.
function withOrigin(link: string, from: string): string {
  const url = new URL(link)
  url.searchParams.set('from', from)
  return url.href
}

const avatar = (person: Person) => el('img', { class: 'avatar', src: person.avatar, alt: person.nickname })
const thumbnail = (card: Card) =>
  card.imgUrl
    ? el('img', { class: 'thumbnail', src: card.imgUrl, alt: '' })
    : el('span', { class: 'thumbnail' })
