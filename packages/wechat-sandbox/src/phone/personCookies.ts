import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Request, Response } from 'express'
import { KEY_COOKIE } from '../keyCookie.ts'
import type { Person } from '../platform/account.ts'
import { forgetOldest } from '../platform/forgetOldest.ts'
import { ENTRY_COOKIE, PERSON_COOKIE } from '../platform/oauth/visitor.ts'
import { SANDBOX_PATH } from '../sandboxPath.ts'
import { PHONE_COOKIE } from './phones.ts'

const BROWSER_COOKIE = 'wechat_browser'
/** The sandbox's own. */
const OWN = new Set([BROWSER_COOKIE, PHONE_COOKIE, PERSON_COOKIE, ENTRY_COOKIE, KEY_COOKIE])
const KEPT = { entries: 64, bytes: 4_000_000, sizeOf: (jars: Jars) => JSON.stringify([...jars]).length }

/** More cookies than that no browser keeps for a site. */
const HEARD = { entries: 200, bytes: Infinity, sizeOf: () => 0 }

interface Cookie {
  name: string
  value: string
}
type Jars = Map<string, Cookie[]>

/** How the site has set a cookie: path, `HttpOnly` and so on. */
interface SetCookie {
  name: string
  attributes: string
}

/**
 * Everybody has a phone of their own, with cookies of its own: who is logged in on one is not on another. Here all are in
 * one browser, so when it changes hands the site's cookies are put away, and come back with their owner. Those for a part
 * of the site are only put away: what the browser has of them it does not tell here.
 */
export class PersonCookies {
  /** By name and path: there may be several of one name. */
  readonly #heard = new Map<string, SetCookie>()
  readonly #jars = new Map<string, Jars>()

  /** Hears what the site sets. @param answer as the browser gets it, to a request of this path */
  hear(answer: IncomingMessage, path: string): void {
    for (const line of answer.headers['set-cookie'] ?? []) {
      const [pair = '', ...attributes] = line.split(';').map((part) => part.trim())
      const kept = attributes.filter((one) => !/^(max-age|expires|path)\b/i.test(one))
      const named = attributes.findLast((one) => /^path\b/i.test(one))?.replace(/^path\s*=\s*/i, '')
      const [name = '', place] = [pair.split('=', 1)[0], named?.startsWith('/') ? named : folderOf(path)]
      if (OWN.has(name)) continue
      const key = `${name} ${place}`
      this.#heard.delete(key)
      this.#heard.set(key, { name, attributes: [`Path=${place}`, ...kept].join('; ') })
      forgetOldest(this.#heard, HEARD)
    }
  }

  /** From now on another person holds the phones of the browser that asks. */
  exchange(req: Request, res: Response, { from, to }: { from: Person; to: Person }): void {
    if (from.id === to.id) return
    const all = cookiesOf(req)
    const browser = all.find(({ name }) => name === BROWSER_COOKIE)?.value ?? randomBytes(12).toString('hex')
    const jars: Jars = this.#jars.get(browser) ?? new Map<string, Cookie[]>()
    const left = all.filter(({ name }) => !OWN.has(name))
    jars.set(from.id, left)
    this.#jars.delete(browser)
    this.#jars.set(browser, jars)
    forgetOldest(this.#jars, KEPT)
    for (const one of [...this.#heard.values(), ...left.filter(({ name }) => !this.#ofRoot(name))])
      res.append('set-cookie', `${one.name}=; ${'attributes' in one ? one.attributes : 'Path=/'}; Max-Age=0`)
    for (const { name, value } of jars.get(to.id) ?? [])
      res.append('set-cookie', `${name}=${value}; ${this.#ofRoot(name)?.attributes ?? 'Path=/'}`)
    res.cookie(BROWSER_COOKIE, browser, { path: SANDBOX_PATH, httpOnly: true, sameSite: 'lax' })
  }

  // The browser tells of these alone. What the site has not set, a script of its page has.
  #ofRoot(name: string): SetCookie | undefined {
    return this.#heard.get(`${name} /`)
  }
}

function cookiesOf({ headers: { cookie = '' } }: Request): Cookie[] {
  return cookie.split(/;\s*/).flatMap((pair) => {
    const at = pair.indexOf('=')
    return at > 0 ? [{ name: pair.slice(0, at), value: pair.slice(at + 1) }] : []
  })
}

// What browsers take where none is named.
const folderOf = (path: string): string => path.split('?', 1)[0]?.replace(/\/[^/]*$/, '') || '/'
