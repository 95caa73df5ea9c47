import { z } from 'zod'
import { Errcode } from '../api/errcode.ts'
import { checkButtons, menuSchema, type MenuButton } from './menuButtons.ts'

// What is private was taken out of the rule; it is still looked at, to be refused.
const PRIVATE = ['sex', 'country', 'province', 'city', 'language'] as const
const value = z.union([z.string(), z.number()]).optional()
const ruleSchema = z.object({
  tag_id: value,
  group_id: value,
  client_platform_type: value,
  sex: value,
  country: value,
  province: value,
  city: value,
  language: value,
})

/** The body of `menu/addconditional`, as far as JSON goes. */
export const conditionalSchema = menuSchema.extend({ matchrule: ruleSchema.optional() })

export type MatchRule = z.output<typeof ruleSchema>

/** Who looks at the menu. */
export interface MenuViewer {
  /** The tags that the account gave to this person. */
  tags: readonly number[]
  /** 1 for iOS, 2 for Android, 3 for the rest; undefined where nobody knows. */
  clientPlatform?: 1 | 2 | 3 | undefined
}

interface ConditionalMenu {
  button: MenuButton[]
  matchrule: MatchRule
  menuid: number
}

const MOST = 50
const FIRST_ID = 430_000_002

/**
 * Menus that only some people see; the newest that fits a person counts.
 *
 * @see https://developers.weixin.qq.com/doc/offiaccount/Custom_Menus/Personalized_menu_interface.html
 */
export class ConditionalMenus {
  #all: ConditionalMenu[] = []
  #nextId = FIRST_ID

  /** @throws {Errcode} 65304 for an empty rule, 65320 for one about private matters, 65305, and as the usual menu */
  add(button: MenuButton[], rule: MatchRule = {}): number {
    if (PRIVATE.some((name) => isGiven(rule[name]))) throw new Errcode(65320)
    if (!Object.values(rule).some(isGiven)) throw new Errcode(65304)
    if (this.#all.length >= MOST) throw new Errcode(65305)
    checkButtons(button)
    const menuid = this.#nextId++
    this.#all.unshift({ button, matchrule: rule, menuid })
    return menuid
  }

  /** @throws {Errcode} 65301 where there is no such menu */
  delete(menuid: string): void {
    const left = this.#all.filter((menu) => String(menu.menuid) !== menuid)
    if (left.length === this.#all.length) throw new Errcode(65301)
    this.#all = left
  }

  clear(): void {
    this.#all = []
  }

  /** The newest first. */
  list(): readonly ConditionalMenu[] {
    return this.#all
  }

  shownTo({ tags, clientPlatform }: MenuViewer): readonly MenuButton[] | undefined {
    const fits = ({ tag_id: tag, group_id: group, client_platform_type: platform }: MatchRule) =>
      [tag, group].every((id) => !isGiven(id) || tags.includes(Number(id))) &&
      (!isGiven(platform) || Number(platform) === clientPlatform)
    return this.#all.find(({ matchrule }) => fits(matchrule))?.button
  }
}

const isGiven = (one: string | number | undefined): boolean => one !== undefined && one !== ''
