import { Errcode } from './api/errcode.ts'
import type { Switches } from './switches/switches.ts'

/** What not every account may do. */
export type Capability =
  | 'share'
  | 'card'
  | 'login'
  | 'template'
  | 'customMessage'
  | 'menu'
  | 'material'
  | 'publish'
  | 'mass'
  | 'massToOpenids'
  | 'qrcode'
  | 'users'
  | 'statistics'

// 接口权限说明. A test account has nearly everything that a verified service account has.
const NOT: Record<string, Capability[]> = {
  service: [],
  test: ['mass', 'massToOpenids'],
  subscription: ['login', 'template', 'massToOpenids', 'qrcode'],
  unverified: [
    ...(['login', 'template', 'share', 'card', 'customMessage', 'menu', 'material', 'publish'] as const),
    ...(['mass', 'massToOpenids', 'qrcode', 'users', 'statistics'] as const),
  ],
}

/** Whether an account of the kind that the switch `account` says may do this. */
export function accountMay(switches: Switches, capability: Capability): boolean {
  return !NOT[switches.get('account')]?.includes(capability)
}

/** @throws {Errcode} 48001 where the account may not do this */
export function demand(switches: Switches, capability: Capability): void {
  if (!accountMay(switches, capability)) throw new Errcode(48001)
}
