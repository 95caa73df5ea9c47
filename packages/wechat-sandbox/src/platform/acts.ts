import type { Person } from './account.ts'
import type { Followers } from './users/followers.ts'
import type { Identities } from './identities.ts'
import type { Menu, MenuLeaf } from './menu/menu.ts'
import type { PushEvent } from './push/events.ts'
import type { PersonMessage } from './push/messages.ts'
import type { Pushes, PushResult } from './push/pushes.ts'
import type { Subscriptions } from './messages/subscriptions.ts'
import { secret } from './credentials/tokens.ts'

interface ActsOptions {
  push: Pushes
  menu: Menu
  followers: Followers
  subscriptions: Subscriptions
  identities: Identities
}

/** What came of tapping a menu item: a page to open, a push, or both. */
export interface MenuTap {
  button: MenuLeaf
  open: string | undefined
  result: PushResult | undefined
}

/** What a person can do to the account in WeChat; each act tells the account's server as WeChat does. */
export class Acts {
  readonly #options: ActsOptions

  constructor(options: ActsOptions) {
    this.#options = options
  }

  /** Writes to the account. */
  say(person: Person, message: PersonMessage | string): Promise<PushResult> {
    const push = typeof message === 'string' ? ({ msgType: 'text', content: message } as const) : message
    return this.#options.push.send(person, push)
  }

  /** @param scene of a parametric QR code, if the person came through one */
  follow(person: Person, scene?: string): Promise<PushResult> {
    const { followers, identities, push } = this.#options
    followers.add(identities.openidOf(person), scene)
    const ticket = scene === undefined ? undefined : ticketOf()
    return push.send(person, { msgType: 'event', event: 'subscribe', scene, ticket })
  }

  unfollow(person: Person): Promise<PushResult> {
    const { followers, identities, push } = this.#options
    followers.remove(identities.openidOf(person))
    return push.send(person, { msgType: 'event', event: 'unsubscribe' })
  }

  /** Scans a parametric QR code of the account: who does not follow it does so now. */
  scanAccountCode(person: Person, scene: string): Promise<PushResult> {
    const { followers, identities, push } = this.#options
    if (!followers.has(identities.openidOf(person))) return this.follow(person, scene)
    return push.send(person, { msgType: 'event', event: 'SCAN', scene, ticket: ticketOf() })
  }

  /**
   * Taps a menu item; opening a group tells nobody.
   *
   * @param position of the button, and of the one in its group
   * @throws {RangeError} where there is no such item
   */
  async tapMenu(person: Person, position: readonly [number, number?]): Promise<MenuTap> {
    const button = this.#options.menu.at(position)
    const event = eventOf(button)
    const result = event && (await this.#options.push.send(person, event))
    return { button, open: button.type === 'view' ? button.url : undefined, result }
  }

  /** Answers the question of `wx-open-subscribe`. */
  answerSubscribe(
    person: Person,
    templates: { templateId: string; status: 'accept' | 'reject' }[],
  ): Promise<PushResult> {
    const { identities, push, subscriptions } = this.#options
    for (const { templateId, status } of templates)
      if (status === 'accept') subscriptions.accept(identities.openidOf(person), templateId)
    return push.send(person, { msgType: 'event', event: 'subscribe_msg_popup_event', templates })
  }
}

// 接收事件推送: what each type of button tells. The pictures and the place are the sandbox's own.
function eventOf({ type, key = '', url = '', pagepath = '' }: MenuLeaf): PushEvent | undefined {
  const msgType = 'event'
  switch (type) {
    case 'click':
      return { msgType, event: 'CLICK', eventKey: key }
    case 'view':
      return { msgType, event: 'VIEW', eventKey: url, menuId: '430000001' }
    case 'miniprogram':
      return { msgType, event: 'view_miniprogram', eventKey: pagepath, menuId: '430000001' }
    case 'scancode_push':
    case 'scancode_waitmsg':
      return { msgType, event: type, eventKey: key, scanResult: 'https://example.com/scanned' }
    case 'pic_sysphoto':
    case 'pic_photo_or_album':
    case 'pic_weixin':
      return { msgType, event: type, eventKey: key, pictures: ['5a75aaca956d97be686719218f275c6b'] }
    case 'location_select': {
      const place = { latitude: 23.12463, longitude: 113.26436, label: '广州市海珠区新港中路' }
      return { msgType, event: type, eventKey: key, ...place }
    }
    default:
      return undefined
  }
}

const ticketOf = (): string => `gQ${secret(70)}`
