import type { Person } from '../account.ts'
import { Errcode } from '../api/errcode.ts'
import type { Identities } from '../identities.ts'
import type { Switches } from '../switches/switches.ts'
import { secret } from '../credentials/tokens.ts'

/** `snsapi_login`: of a website, where somebody scanned a code. */
export type Scope = 'snsapi_base' | 'snsapi_userinfo' | 'snsapi_login'

interface Code {
  person: Person
  scope: Scope
  snapshot: boolean
  expiresAt: number
  used: boolean
}

/** What a code was exchanged for; renewing it moves its end. */
interface Grant extends Omit<Code, 'used'> {
  accessToken: string
  refreshToken: string
  refreshableUntil: number
  isRevoked: boolean
}

const CODE_LIFE = 300_000
const TOKEN_LIFE = 7200_000
const REFRESH_LIFE = 30 * 86_400_000
const KEPT = 10_000 // codes and grants that are remembered

/** Web OAuth: codes, the tokens they are exchanged for, and profiles. */
export class Logins {
  readonly #identities: Identities
  readonly #switches: Switches
  readonly #now: () => number
  #codes = new Map<string, Code>()
  #byAccess = new Map<string, Grant>()
  #byRefresh = new Map<string, Grant>()

  constructor(identities: Identities, switches: Switches, now: () => number) {
    this.#identities = identities
    this.#switches = switches
    this.#now = now
  }

  /** A code for 5 minutes and one exchange. `snapshot`: for the virtual visitor of a snapshot page. */
  issueCode(person: Person, scope: Scope, { snapshot = false } = {}): string {
    const code = secret(32)
    const expiresAt = this.#now() + CODE_LIFE
    remember(this.#codes, code, {
      person: snapshot ? virtualVisitor(person) : person,
      scope,
      snapshot,
      expiresAt,
      used: false,
    })
    return code
  }

  /** @throws {Errcode} 41008 missing, 40029 unknown, 40163 used, 40029 or 42003 (a switch) too old */
  exchange(code: unknown): Record<string, unknown> {
    if (typeof code !== 'string' || code === '') throw new Errcode(41008)
    const issued = this.#codes.get(code)
    if (!issued) throw new Errcode(40029)
    if (issued.expiresAt <= this.#now()) throw new Errcode(Number(this.#switches.get('expiredCode')))
    if (issued.used) throw new Errcode(40163)
    issued.used = true
    const { person, scope, snapshot } = issued
    const grant: Grant = {
      person,
      scope,
      snapshot,
      accessToken: `80_${secret(80)}`,
      refreshToken: `80_${secret(80)}`,
      expiresAt: this.#now() + TOKEN_LIFE,
      refreshableUntil: this.#now() + REFRESH_LIFE,
      isRevoked: false,
    }
    remember(this.#byAccess, grant.accessToken, grant)
    remember(this.#byRefresh, grant.refreshToken, grant)
    return {
      ...this.#tokensOf(grant),
      ...(isKnown(issued) ? this.#unionidField(issued) : {}),
      ...(snapshot ? { is_snapshotuser: 1 } : {}),
    }
  }

  /**
   * While the token lives it gets two hours more; after that there is a new one (believed).
   *
   * @throws {Errcode} 41003 missing, 40030 unknown, 42002 older than 30 days, 42007 after a change of password
   */
  refresh(refreshToken: unknown): Record<string, unknown> {
    if (typeof refreshToken !== 'string' || refreshToken === '') throw new Errcode(41003)
    const grant = this.#byRefresh.get(refreshToken)
    if (!grant) throw new Errcode(40030)
    if (grant.isRevoked) throw new Errcode(42007)
    if (grant.refreshableUntil <= this.#now()) throw new Errcode(42002)
    if (grant.expiresAt <= this.#now()) {
      grant.accessToken = `80_${secret(80)}`
      remember(this.#byAccess, grant.accessToken, grant)
    }
    grant.expiresAt = this.#now() + TOKEN_LIFE
    return this.#tokensOf(grant)
  }

  /** @throws {Errcode} as `check`, and 48001 for the scope or a snapshot page's visitor */
  profile(accessToken: unknown, openid: unknown): Record<string, unknown> {
    const grant = this.check(accessToken, openid)
    if (!isKnown(grant)) throw new Errcode(48001)
    const { person } = grant
    return {
      openid,
      nickname: person.nickname,
      sex: 0,
      province: '',
      city: '',
      country: '',
      headimgurl: person.avatar,
      privilege: [],
      ...this.#unionidField(grant),
    }
  }

  /** @throws {Errcode} 41001, 40001, 42001 for the token, 42007 after a change of password, 41009, 40003 for the openid */
  check(accessToken: unknown, openid: unknown): { person: Person; scope: Scope; snapshot: boolean } {
    if (typeof accessToken !== 'string' || accessToken === '') throw new Errcode(41001)
    const grant = this.#byAccess.get(accessToken)
    if (!grant) throw new Errcode(40001)
    if (grant.isRevoked) throw new Errcode(42007)
    if (grant.expiresAt <= this.#now() || grant.accessToken !== accessToken) throw new Errcode(42001)
    if (!openid) throw new Errcode(41009)
    if (openid !== this.openidOf(grant.person)) throw new Errcode(40003)
    return grant
  }

  /** Whether a token is one of web OAuth, which opens no other API. */
  hasIssued(accessToken: unknown): boolean {
    return typeof accessToken === 'string' && this.#byAccess.has(accessToken)
  }

  /** A person changes the password: tokens that they gave are worthless, 42007. */
  revoke(person: Person): void {
    for (const grant of this.#byRefresh.values()) if (grant.person.id === person.id) grant.isRevoked = true
  }

  /** 28 characters, the same for one person at one account. */
  openidOf(person: Person): string {
    return this.#identities.openidOf(person)
  }

  // A website application always belongs to an Open Platform account.
  #unionidField({ person, scope }: Pick<Code, 'person' | 'scope'>): { unionid?: string } {
    if (scope === 'snsapi_login') return { unionid: this.#identities.unionidOf(person) }
    return this.#identities.unionidField(person)
  }

  #tokensOf({ accessToken, refreshToken, person, scope }: Grant): Record<string, unknown> {
    return {
      access_token: accessToken,
      expires_in: TOKEN_LIFE / 1000,
      refresh_token: refreshToken,
      openid: this.openidOf(person),
      scope,
    }
  }
}

const isKnown = ({ scope, snapshot }: Pick<Code, 'scope' | 'snapshot'>): boolean =>
  scope !== 'snsapi_base' && !snapshot

// 微信网页授权能力调整公告: in a snapshot page openid, nickname and avatar are made up.
function virtualVisitor({ id, avatar }: Person): Person {
  return { follows: false, id: `snapshot of ${id} ${secret(8)}`, nickname: '微信用户', avatar }
}

function remember<T>(map: Map<string, T>, key: string, value: T): void {
  map.set(key, value)
  const oldest = map.size > KEPT ? map.keys().next().value : undefined
  if (oldest !== undefined) map.delete(oldest)
}
