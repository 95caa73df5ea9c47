import { Errcode } from '../api/errcode.ts'
import { ConditionalMenus, type MatchRule, type MenuViewer } from './conditionalMenus.ts'
import { checkButtons, type MenuButton, type MenuLeaf } from './menuButtons.ts'

/** What the default menu is called where there are others. */
export const MENU_ID = 430_000_001

/** The account's menu. */
export class Menu {
  #buttons: MenuButton[] | undefined
  /** The menus that only some people see. */
  readonly conditional = new ConditionalMenus()

  /** @throws {Errcode} as `checkButtons` */
  create(buttons: MenuButton[]): void {
    checkButtons(buttons)
    this.#buttons = buttons
  }

  /** @throws {Errcode} 65303 where there is no default menu, and as `ConditionalMenus.add` */
  addConditional(buttons: MenuButton[], rule?: MatchRule): number {
    if (!this.#buttons) throw new Errcode(65303)
    return this.conditional.add(buttons, rule)
  }

  /** What everybody sees who has no menu of their own. */
  get(): readonly MenuButton[] | undefined {
    return this.#buttons
  }

  /** What this person sees. */
  shownTo(viewer: MenuViewer): readonly MenuButton[] | undefined {
    return this.conditional.shownTo(viewer) ?? this.#buttons
  }

  /**
   * @param position of the button, and of the one in its group
   * @throws {RangeError} where there is no such item, or it is a group
   */
  at([button, sub = -1]: readonly [number, number?], viewer: MenuViewer = { tags: [] }): MenuLeaf {
    const top = this.shownTo(viewer)?.[button]
    const leaf = top && 'sub_button' in top ? top.sub_button[sub] : top
    if (!leaf) throw new RangeError(`The account's menu has no item at ${[button, sub].join(', ')}.`)
    return leaf
  }

  /** Takes it away, and all that only some people see. */
  remove(): void {
    this.#buttons = undefined
    this.conditional.clear()
  }
}
