import { Errcode } from '../api/errcode.ts'
import type { Platform } from '../platform.ts'

/**
 * Checks what an account proves itself with; WeChat looks at the AppID first.
 *
 * @throws {Errcode} 41002 and 40013 for the AppID, 41004, 40125 and 40243 for the secret
 */
export function checkSecret({ account, switches }: Platform, appid: unknown, secret: unknown): void {
  checkAppId(account.appId, appid)
  if (!secret) throw new Errcode(41004)
  if (secret !== account.appSecret) throw new Errcode(40125)
  if (switches.get('secretFrozen')) throw new Errcode(40243)
}

/** @throws {Errcode} 41002 missing, 40013 another account's */
export function checkAppId(expected: string, appid: unknown): void {
  if (!appid) throw new Errcode(41002)
  if (appid !== expected) throw new Errcode(40013)
}
