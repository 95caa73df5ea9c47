import { createHash } from 'node:crypto'
import type { Account, Person } from './account.ts'
import { Errcode } from './answers.ts'
import { secret } from './tokens.ts'

export type Scope = 'snsapi_base' | 'snsapi_userinfo'

interface Code {
  person: Person
  scope: Scope
  expiresAt: number
  used: boolean
}

interface SnsToken {
  person: Person
  scope: Scope
  expiresAt: number
}

const CODE_LIFE = 300_000
const TOKEN_LIFE = 7200_000
const KEPT = 10_000 // codes and tokens that are remembered

/** Web OAuth: codes, the tokens they are exchanged for, and profiles. */
export class Logins {
  readonly #account: Account
  readonly #now: () => number
  #codes = new Map<string, Code>()
  #tokens = new Map<string, SnsToken>()

  constructor(account: Account, now: () => number) {
    this.#account = account
    this.#now = now
  }

  /** A code for 5 minutes and one exchange. */
  issueCode(person: Person, scope: Scope): string {
    const code = secret(32)
    remember(this.#codes, code, { person, scope, expiresAt: this.#now() + CODE_LIFE, used: false })
    return code
  }

  /** @throws {Errcode} 41008 missing, 40029 unknown or too old, 40163 used */
  exchange(code: unknown): Record<string, unknown> {
    if (typeof code !== 'string' || code === '') throw new Errcode(41008)
    const issued = this.#codes.get(code)
    if (!issued || issued.expiresAt <= this.#now()) throw new Errcode(40029)
    if (issued.used) throw new Errcode(40163)
    issued.used = true
    const { person, scope } = issued
    const accessToken = `80_${secret(80)}`
    remember(this.#tokens, accessToken, { person, scope, expiresAt: this.#now() + TOKEN_LIFE })
    return {
      access_token: accessToken,
      expires_in: TOKEN_LIFE / 1000,
      refresh_token: `80_${secret(80)}`,
      openid: this.openidOf(person),
      scope,
    }
  }

  /** @throws {Errcode} 41001, 40001, 42001 for the token, 40003 for the openid, 48001 for the scope */
  profile(accessToken: unknown, openid: unknown): Record<string, unknown> {
    if (typeof accessToken !== 'string' || accessToken === '') throw new Errcode(41001)
    const token = this.#tokens.get(accessToken)
    if (!token) throw new Errcode(40001)
    if (token.expiresAt <= this.#now()) throw new Errcode(42001)
    if (openid !== this.openidOf(token.person)) throw new Errcode(40003)
    if (token.scope !== 'snsapi_userinfo') throw new Errcode(48001)
    return {
      openid,
      nickname: token.person.nickname,
      sex: 0,
      language: '',
      city: '',
      province: '',
      country: '',
      headimgurl: token.person.avatar,
      privilege: [],
    }
  }

  /** 28 characters, the same for one person at one account. */
  openidOf(person: Person): string {
    const digest = createHash('sha256').update(`${this.#account.appId}:${person.id}`).digest('base64url')
    return `o${digest.slice(0, 27)}`
  }
}

function remember<T>(map: Map<string, T>, key: string, value: T): void {
  map.set(key, value)
  const oldest = map.size > KEPT ? map.keys().next().value : undefined
  if (oldest !== undefined) map.delete(oldest)
}
