import type { AccountMessage } from '../../platform/messages/accountMessage.ts'
import type { Entry } from '../../platform/conversations.ts'
import { button, el, image } from './elements.js'
import { addressOf } from './phoneName.js'
import { words } from './words.js'

/** Opens an address in the web view; `bare`: a link that was tapped in a text. */
export type OpenLink = (link: string, how: { bare: boolean }) => void

/** One entry as a person sees it in the conversation; undefined for what is not shown there. */
export function bubble(
  entry: Entry,
  pictures: { me: Node; account: Node },
  open: OpenLink,
): HTMLElement | undefined {
  if (entry.from === 'system') return note(entry.text)
  if (entry.from === 'account') {
    const body = accountBody(entry.message, open)
    return body && el('div', { class: 'message' }, pictures.account, withLabel(body, entry.via))
  }
  const { push } = entry
  if (push.msgType === 'event') return eventNote(entry)
  if (push.msgType === 'text') return mine(pictures.me, el('p', { class: 'bubble' }, push.content))
  if (push.msgType === 'image') return mine(pictures.me, photo(push.picUrl))
  return mine(pictures.me, el('p', { class: 'bubble' }, textOf(entry)))
}

/** The entry in one line, as a list of chats shows it. */
export function textOf(entry: Entry): string {
  if (entry.from === 'system') return entry.text
  if (entry.from === 'account') return messageText(entry.message)
  const { push } = entry
  if (push.msgType === 'event') return eventText(push.event)
  if (push.msgType === 'text') return push.content
  if (push.msgType === 'location') return `[${words.place}] ${push.label}`
  if (push.msgType === 'link') return push.title
  return `[${push.msgType === 'image' ? words.picture : push.msgType === 'voice' ? words.recording : words.video}]`
}

function messageText(message: AccountMessage): string {
  switch (message.msgType) {
    case 'text':
      return message.content
    case 'news':
      return words.cardSent + (message.articles[0]?.title ?? '')
    case 'image':
      return `[${words.picture}]`
    case 'voice':
      return `[${words.recording}]`
    case 'video':
    case 'music':
    case 'template':
      return message.title
    case 'transfer_customer_service':
      return ''
  }
}

function accountBody(message: AccountMessage, open: OpenLink): HTMLElement | undefined {
  switch (message.msgType) {
    case 'text':
      return el('p', { class: 'bubble' }, ...linked(message.content, open))
    case 'image':
      return photo(addressOf(`/media/${message.mediaId}`))
    case 'news':
      return el(
        'div',
        { class: 'news' },
        ...message.articles.map((article) =>
          button('article', () => open(article.url, { bare: false }), [
            article.picUrl !== '' && image({ src: article.picUrl, alt: '' }, () => new Text()),
            el('span', { class: 'article-title' }, article.title),
            el('span', { class: 'article-text' }, article.description),
          ]),
        ),
      )
    case 'template': {
      const rows = message.fields.map(({ name, value }) =>
        el('div', {}, el('dt', {}, name), el('dd', {}, value)),
      )
      const { url } = message
      const body = [el('strong', {}, message.title), el('dl', {}, ...rows)]
      return url
        ? button('template', () => open(url, { bare: false }), body)
        : el('div', { class: 'template' }, ...body)
    }
    case 'transfer_customer_service':
      return undefined
    default:
      return el('p', { class: 'bubble' }, messageText(message))
  }
}

// Addresses in a text, and <a href>, which WeChat draws in texts of accounts.
function linked(text: string, open: OpenLink): (Node | string)[] {
  const parts = text.split(/(<a\s[^>]*href="[^"]+"[^>]*>[^<]*<\/a>|https?:\/\/[\w\-.~:/?#[\]@!$&'()*+,;=%]+)/)
  return parts.map((part) => {
    const [, href, label] = /^<a\s[^>]*href="([^"]+)"[^>]*>([^<]*)<\/a>$/.exec(part) ?? []
    const address = href ?? (/^https?:/.test(part) ? part : undefined)
    return address === undefined
      ? part
      : button('link', () => open(address, { bare: href === undefined }), [label ?? part])
  })
}

function eventNote(entry: Entry & { from: 'person' }): HTMLElement | undefined {
  return entry.push.msgType === 'event' ? note(`${words.you} ${eventText(entry.push.event)}`) : undefined
}

function eventText(event: string): string {
  const known: Record<string, string> = {
    subscribe: words.followed,
    unsubscribe: words.unfollowed,
    SCAN: words.scanned,
    subscribe_msg_popup_event: words.answered,
  }
  return known[event] ?? words.tapped
}

function withLabel(body: HTMLElement, via: 'reply' | 'custom' | 'template' | 'subscribe'): HTMLElement {
  if (via === 'reply') return body
  const label = { custom: words.byCustom, template: words.byTemplate, subscribe: words.bySubscribe }[via]
  return el('div', {}, body, el('span', { class: 'via' }, label))
}

const photo = (src: string): HTMLElement =>
  image({ class: 'photo', src, alt: words.picture }, () => el('p', { class: 'bubble' }, `[${words.picture}]`))

const mine = (picture: Node, body: HTMLElement): HTMLElement =>
  el('div', { class: 'message mine' }, picture, body)

/** A grey line in the middle of a chat. */
export const note = (text: string): HTMLElement => el('p', { class: 'chat-note' }, text)
