import type { Device } from '../native/device.ts'
import type { Person } from '../platform/account.ts'
import type { MenuViewer } from '../platform/menu/conditionalMenus.ts'
import type { MenuButton } from '../platform/menu/menuButtons.ts'
import type { Phone } from './phoneState.ts'

/** The account's menu as this person sees it on this phone. */
export function menuShown({ platform, native }: Phone, person: Person): readonly MenuButton[] {
  const { menu, followers, identities } = platform
  const { tags = [] } = followers.get(identities.openidOf(person)) ?? {}
  return menu.shownTo({ tags, clientPlatform: clientPlatformOf(native.device) }) ?? []
}

/** What rules of menus call the system: 1 for iOS, 2 for Android, 3 for the rest. */
export function clientPlatformOf({ os }: Device): MenuViewer['clientPlatform'] {
  return os === 'ios' ? 1 : os === 'android' ? 2 : 3
}
