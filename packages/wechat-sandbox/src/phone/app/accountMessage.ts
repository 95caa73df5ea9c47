import type { AccountMessage } from '../../platform/messages/accountMessage.ts'
import { button, el, image } from './elements.js'
import { addressOf } from './phoneName.js'
import { words } from './words.js'

/** Opens an address in the web view; `bare`: a link that was tapped in a text. */
export type OpenLink = (link: string, how: { bare: boolean }) => void

/** What a tap inside a message can lead to. */
export interface MessageActions {
  open: OpenLink
  /** A tap on an item of a menu message. */
  answer: (item: string) => void
}

/** A message of the account in one line, as a list of chats shows it. */
export function messageText(message: AccountMessage): string {
  switch (message.msgType) {
    case 'text':
      return message.content
    case 'news':
      return words.cardSent + (message.articles[0]?.title ?? '')
    case 'image':
    case 'images':
      return `[${words.picture}]`
    case 'voice':
      return `[${words.recording}]`
    case 'video':
      return `[${words.video}] ${message.title}`.trim()
    case 'wxcard':
      return `[${words.card}]`
    case 'miniprogrampage':
      return `[${words.miniProgram}] ${message.title}`
    case 'msgmenu':
      return message.head || message.items.map(({ content }) => content).join(' · ')
    case 'music':
    case 'template':
      return message.title
    case 'transfer_customer_service':
      return ''
  }
}

/** A message of the account as it stands in the conversation; undefined for what nobody sees. */
export function accountBody(message: AccountMessage, actions: MessageActions): HTMLElement | undefined {
  const { open, answer } = actions
  switch (message.msgType) {
    case 'text':
      return el('p', { class: 'bubble' }, ...linked(message.content, actions))
    case 'image':
      return photo(addressOf(`/media/${message.mediaId}`))
    case 'images': {
      const pictures = message.mediaIds.map((id) => photo(addressOf(`/media/${id}`)))
      return el('div', {}, ...pictures, message.words !== '' && el('p', { class: 'bubble' }, message.words))
    }
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
    case 'msgmenu':
      return el(
        'div',
        { class: 'bubble message-menu' },
        message.head !== '' && el('p', {}, message.head),
        ...message.items.map(({ id, content }) => button('link', () => answer(id), [content])),
        message.tail !== '' && el('p', {}, message.tail),
      )
    case 'miniprogrampage':
      return el(
        'div',
        { class: 'template' },
        el('strong', {}, message.title),
        photo(addressOf(`/media/${message.thumbMediaId}`)),
        el('span', { class: 'via' }, words.miniProgram),
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

/** A picture in a conversation. */
export const photo = (src: string): HTMLElement =>
  image({ class: 'photo', src, alt: words.picture }, () => el('p', { class: 'bubble' }, `[${words.picture}]`))

// Addresses in a text, and <a href>, which WeChat draws in texts of accounts.
function linked(text: string, { open }: MessageActions): (Node | string)[] {
  const parts = text.split(/(<a\s[^>]*href="[^"]+"[^>]*>[^<]*<\/a>|https?:\/\/[\w\-.~:/?#[\]@!$&'()*+,;=%]+)/)
  return parts.map((part) => {
    const [, href, label] = /^<a\s[^>]*href="([^"]+)"[^>]*>([^<]*)<\/a>$/.exec(part) ?? []
    const address = href ?? (/^https?:/.test(part) ? part : undefined)
    return address === undefined
      ? part
      : button('link', () => open(address, { bare: href === undefined }), [label ?? part])
  })
}
