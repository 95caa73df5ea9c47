import type { IncomingMessage } from 'node:http'
import { SANDBOX_PATH } from '../sandboxPath.ts'
import type { Phone } from './phoneState.ts'

/** The cookie in which the tab that a person is using says which phone it is; the browser has one for all tabs. */
export const PHONE_COOKIE = 'wechat_phone'
/** The phone of who names none: programs, and the pattern of every new one. */
const MAIN = ''
const KEPT = 64

/** Every tab is a phone of its own, with its own system and its own memory. */
export class Phones {
  readonly #make: (name: string, like: Phone | undefined) => Phone
  #phones = new Map<string, Phone>()

  /** @param make a phone; `like`: how it starts */
  constructor(make: (name: string, like: Phone | undefined) => Phone) {
    this.#make = make
    this.#phones.set(MAIN, make(MAIN, undefined))
  }

  /** The phone that a request comes from; the first request of a tab makes it. */
  of(req: IncomingMessage): Phone {
    const name = nameOf(req)
    const main = this.#phones.get(MAIN)
    const phone = this.#phones.get(name) ?? this.#make(name, main)
    // The newest last: what is used stays.
    this.#phones.delete(name)
    this.#phones.set(name, phone)
    const oldest = [...this.#phones.keys()].find((one) => one !== MAIN)
    if (this.#phones.size > KEPT && oldest !== undefined) this.#phones.delete(oldest)
    return phone
  }
}

/** Query by which a phone names itself; nothing for the one without a name. */
export const queryOf = (name: string): string => (name === MAIN ? '' : `?phone=${name}`)

// A page that the phone opens comes from its launcher, which has the name in its address; the browser repeats that
// after redirects and when it loads the page again. A link in a page does not: then the tab in use is the one.
function nameOf(req: IncomingMessage & { originalUrl?: string }): string {
  const { headers, url = '', originalUrl = url } = req
  // A site may have a parameter of that name for itself.
  const named = originalUrl.startsWith(`${SANDBOX_PATH}/`) ? parameterOf(originalUrl) : undefined
  return named ?? launcherOf(headers.referer) ?? cookieOf(headers.cookie) ?? MAIN
}

function launcherOf(referer: string | undefined): string | undefined {
  if (referer === undefined || !URL.canParse(referer)) return undefined
  const { pathname } = new URL(referer)
  return pathname === LAUNCHER_PATH ? parameterOf(referer) : undefined
}

/** The page from which a phone opens others. */
export const LAUNCHER_PATH = `${SANDBOX_PATH}/phone/launcher`

const parameterOf = (address: string): string | undefined =>
  /[?&]phone=([a-z0-9]{0,32})(?:&|$)/.exec(address)?.[1]
const cookieOf = (cookies = ''): string | undefined =>
  new RegExp(`(?:^|;\\s*)${PHONE_COOKIE}=([a-z0-9]+)`).exec(cookies)?.[1]
