import type { Person } from './account.ts'
import type { Conversations } from './conversations.ts'
import type { Followers } from './users/followers.ts'
import type { Identities } from './identities.ts'
import type { MenuViewer } from './menu/conditionalMenus.ts'
import { MENU_ID, type Menu } from './menu/menu.ts'
import type { MenuLeaf } from './menu/menuButtons.ts'
import type { PushEvent } from './push/events.ts'
import type { PersonMessage } from './push/messages.ts'
import type { Pushes, PushResult } from './push/pushes.ts'
import type { QrCodes } from './qrcodes/qrCodes.ts'
import type { Subscriptions } from './messages/subscriptions.ts'
import { secret } from './credentials/tokens.ts'

interface ActsOptions {
  push: Pushes
  conversations: Conversations
  menu: Menu
  followers: Followers
  qrCodes: QrCodes
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

  /**
   * @param scene of a parametric QR code, if the person came through one
   * @param ticket of that code; left out, it is looked up
   */
  follow(
    person: Person,
    scene?: string,
    ticket = scene === undefined ? undefined : this.#ticketOf(scene),
  ): Promise<PushResult> {
    const { followers, identities, push } = this.#options
    followers.add(identities.openidOf(person), scene)
    return push.send(person, { msgType: 'event', event: 'subscribe', scene, ticket })
  }

  unfollow(person: Person): Promise<PushResult> {
    const { followers, identities, push } = this.#options
    followers.remove(identities.openidOf(person))
    return push.send(person, { msgType: 'event', event: 'unsubscribe' })
  }

  /**
   * Scans a parametric QR code of the account: who does not follow it does so now.
   *
   * @param scene what was written into it, whether the account has made such a code or not
   * @param ticket of that code; left out, it is looked up
   */
  scanAccountCode(person: Person, scene: string, ticket = this.#ticketOf(scene)): Promise<PushResult> {
    const { followers, identities, push } = this.#options
    if (!followers.has(identities.openidOf(person))) return this.follow(person, scene, ticket)
    return push.send(person, { msgType: 'event', event: 'SCAN', scene, ticket })
  }

  /**
   * Scans a code that `qrcode/create` made.
   *
   * @param ticketOrUrl its ticket, or what its picture says
   * @throws {RangeError} where there is none, or it has ended
   */
  scanTicket(person: Person, ticketOrUrl: string): Promise<PushResult> {
    const code = this.#options.qrCodes.find(ticketOrUrl)
    if (!code) throw new RangeError('There is no such QR code, or it has ended: make one with qrcode/create.')
    return this.scanAccountCode(person, code.scene, code.ticket)
  }

  /**
   * Taps a menu item; opening a group tells nobody.
   *
   * @param position of the button, and of the one in its group
   * @param clientPlatform of the phone, for menus that only some phones show
   * @throws {RangeError} where there is no such item
   */
  async tapMenu(
    person: Person,
    position: readonly [number, number?],
    clientPlatform?: MenuViewer['clientPlatform'],
  ): Promise<MenuTap> {
    const { menu, followers, identities } = this.#options
    const { tags = [] } = followers.get(identities.openidOf(person)) ?? {}
    const button = menu.at(position, { tags, clientPlatform })
    const event = eventOf(button)
    const result = event && (await this.#options.push.send(person, event))
    return { button, open: button.type === 'view' ? button.url : undefined, result }
  }

  /**
   * Taps an item of the latest menu message that has it: the person writes its words, and the server hears its id too.
   *
   * @throws {RangeError} where no message in the conversation has such an item
   */
  tapMessageMenu(person: Person, itemId: string): Promise<PushResult> {
    const { conversations, identities, push } = this.#options
    const items = conversations
      .of(identities.openidOf(person))
      .flatMap((entry) =>
        entry.from === 'account' && entry.message.msgType === 'msgmenu' ? entry.message.items : [],
      )
    const item = items.findLast(({ id }) => id === itemId)
    if (!item) throw new RangeError(`No message in this conversation has the menu item "${itemId}".`)
    return push.send(person, { msgType: 'text', content: item.content, menuId: item.id })
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

  // Codes that were made in the console have a ticket that nobody has seen.
  #ticketOf(scene: string): string {
    return this.#options.qrCodes.withScene(scene)?.ticket ?? `gQ${secret(94)}`
  }
}

// 接收事件推送: what each type of button tells. The pictures and the place are the sandbox's own.
function eventOf({ type, key = '', url = '', pagepath = '' }: MenuLeaf): PushEvent | undefined {
  const msgType = 'event'
  switch (type) {
    case 'click':
      return { msgType, event: 'CLICK', eventKey: key }
    case 'view':
      return { msgType, event: 'VIEW', eventKey: url, menuId: String(MENU_ID) }
    case 'miniprogram':
      return { msgType, event: 'view_miniprogram', eventKey: pagepath, menuId: String(MENU_ID) }
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
