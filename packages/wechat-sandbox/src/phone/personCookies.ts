import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Request, Response } from 'express'
import type { Person } from '../platform/account.ts'
import { forgetOldest } from '../platform/forgetOldest.ts'
import { ENTRY_COOKIE, PERSON_COOKIE } from '../platform/oauth/visitor.ts'
import { SANDBOX_PATH } from '../sandboxPath.ts'
import { PHONE_COOKIE } from './phones.ts'

const BROWSER_COOKIE = 'wechat_browser'
/** The sandbox's own. */
const OWN = new Set([BROWSER_COOKIE, PHONE_COOKIE, PERSON_COOKIE, ENTRY_COOKIE, 'wechat_key'])
/** Names that are known: about as many as a browser keeps of one site. */
const MOST_NAMES = 180
const KEPT = { entries: 64, bytes: 4_000_000, sizeOf: (jars: Jars) => JSON.stringify([...jars]).length }

interface Cookie {
  name: string
  value: string
}
type Jars = Map<string, Cookie[]>

/**
 * Everybody has a phone of their own, with cookies of its own: who is logged in on one is not on another. Here all are in
 * one browser, so when it changes hands the site's cookies are put away, and come back with their owner. Those for a part
 * of the site are only put away: what the browser has of them it does not tell here.
 */
export class PersonCookies {
  /** How the site has set each last, by name: path, `HttpOnly` and so on. */
  readonly #attributes = new Map<string, string>()
  readonly #jars = new Map<string, Jars>()

  /** Hears what the site sets. @param answer to a request of this path */
  hear(answer: IncomingMessage, path: string): void {
    for (const line of answer.headers['set-cookie'] ?? []) {
      const [pair = '', ...attributes] = line.split(';').map((part) => part.trim())
      const kept = attributes.filter((one) => !/^(max-age|expires)\b/i.test(one))
      if (!kept.some((one) => /^path=\//i.test(one))) kept.push(`Path=${folderOf(path)}`)
      this.#know(pair.split('=', 1)[0] ?? '', kept.join('; '))
    }
  }

  // Some sites name a cookie anew at each login.
  #know(name: string, attributes: string): void {
    this.#attributes.delete(name)
    this.#attributes.set(name, attributes)
    const [oldest] = this.#attributes.keys()
    if (this.#attributes.size > MOST_NAMES && oldest !== undefined) this.#attributes.delete(oldest)
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
    const names = new Set([...left.map(({ name }) => name), ...this.#attributes.keys()])
    for (const name of names) res.append('set-cookie', `${name}=; ${this.#of(name)}; Max-Age=0`)
    for (const { name, value } of jars.get(to.id) ?? [])
      res.append('set-cookie', `${name}=${value}; ${this.#of(name)}`)
    res.cookie(BROWSER_COOKIE, browser, { path: SANDBOX_PATH, httpOnly: true, sameSite: 'lax' })
  }

  // A script of the page has set the others.
  #of(name: string): string {
    return this.#attributes.get(name) ?? 'Path=/'
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
