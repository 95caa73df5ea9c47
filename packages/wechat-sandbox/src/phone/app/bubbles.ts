import type { Entry } from '../../platform/conversations.ts'
import { accountBody, messageText, photo, type MessageActions } from './accountMessage.js'
import { el } from './elements.js'
import { words } from './words.js'

/** One entry as a person sees it in the conversation; undefined for what is not shown there. */
export function bubble(
  entry: Entry,
  pictures: { me: Node; account: Node },
  actions: MessageActions,
): HTMLElement | undefined {
  if (entry.from === 'system') return note(entry.text)
  if (entry.from === 'account') {
    const body = accountBody(entry.message, actions)
    return body && el('div', { class: 'message' }, pictures.account, withLabel(body, entry))
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

function withLabel(body: HTMLElement, { via, kfAccount }: Entry & { from: 'account' }): HTMLElement {
  if (via === 'reply') return body
  const label = {
    custom: words.byCustom,
    template: words.byTemplate,
    subscribe: words.bySubscribe,
    mass: words.byMass,
    preview: words.byPreview,
  }[via]
  const by = kfAccount === undefined ? label : `${label} · ${kfAccount}`
  return el('div', {}, body, el('span', { class: 'via' }, by))
}

const mine = (picture: Node, body: HTMLElement): HTMLElement =>
  el('div', { class: 'message mine' }, picture, body)

/** A grey line in the middle of a chat. */
export const note = (text: string): HTMLElement => el('p', { class: 'chat-note' }, text)
