import { keepInTab } from './keepInTab.js'
import { SANDBOX_PATH } from './sandboxPath.js'

const KEY = 'wechat-sandbox-phone'

/** Whether this tab was opened for a program, which names the phone in the address and says what is opened. */
export const isForProgram = location.pathname === `${SANDBOX_PATH}/phone/tab`

/** This tab's phone: the server keeps a device for each. */
export const PHONE = isForProgram
  ? (new URLSearchParams(location.search).get('phone') ?? '')
  : keepInTab(KEY, Math.random().toString(36).slice(2, 14)).text

/** The address of something of the sandbox, for this phone. */
export const addressOf = (path: string): string => `${SANDBOX_PATH}/phone${path}?phone=${PHONE}`

/** This is the tab that a person uses: what its pages ask for from now on is for this phone. */
export function takeTurn(): void {
  document.cookie = `wechat_phone=${PHONE}; path=/; samesite=lax`
}
