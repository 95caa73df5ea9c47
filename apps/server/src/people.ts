import { hash } from 'node:crypto'
import { WechatApiError, type OAuthGrant, type OAuthProfile, type Store, type Wechat } from 'wechat-core'
import { z } from 'zod'

const grantSchema = z.object({
  accessToken: z.string(),
  refreshToken: z.string().optional(),
  /** Milliseconds since 1970. */
  expiresAt: z.number(),
})

type KeptGrant = z.output<typeof grantSchema>

const personSchema = z.object({
  openid: z.string(),
  unionid: z.string().optional(),
  nickname: z.string().optional(),
  avatar: z.string().optional(),
  /** With it the profile can be read again without asking the person. Never leaves the server. */
  grant: grantSchema.optional(),
})

/** All that is kept about somebody, in one entry, so that it can be deleted. */
export type Person = z.output<typeof personSchema>

/** Under which somebody is known: a digest of the openid, so that nothing personal is left where only this is kept. */
export type PersonKey = string

export interface People {
  keyOf(openid: string): PersonKey
  find(key: PersonKey): Promise<Person | undefined>
  /** Keeps what a login brought; a silent one leaves an earlier profile as it is. */
  remember(grant: OAuthGrant, profile: OAuthProfile | undefined): Promise<PersonKey>
  /**
   * Reads nickname and avatar anew, with the kept grant.
   *
   * @returns undefined when there is no grant, or when it is over: only a new login with consent helps
   */
  readProfileAgain(key: PersonKey): Promise<Person | undefined>
  /** Forgets nickname, avatar and the grant to read them. */
  forgetProfile(key: PersonKey): Promise<void>
  /** Forgets the person; who is logged in as that person no longer is. */
  forget(key: PersonKey): Promise<void>
}

// A refresh token lives 30 days, and so does a session: nothing here outlives the use it was given for.
const KEPT = 30 * 86_400_000
// The refresh token is invalid or too old, or the person has changed their password.
const GRANT_IS_OVER = [40030, 42002, 42007]

export function createPeople(parts: { wechat: Wechat; store: Store; now: () => number }): People {
  const { wechat, store, now } = parts
  const { oauth } = wechat
  const keyOf = (openid: string): PersonKey => hash('sha256', `${wechat.appId}:${openid}`, 'base64url')
  const entryOf = (key: PersonKey) => `person:${key}`
  const write = (person: Person) => store.set(entryOf(keyOf(person.openid)), JSON.stringify(person), KEPT)
  const toKept = (grant: OAuthGrant): KeptGrant => ({
    accessToken: grant.accessToken,
    refreshToken: grant.refreshToken,
    expiresAt: now() + grant.expiresIn * 1000,
  })

  async function find(key: PersonKey): Promise<Person | undefined> {
    const text = await store.get(entryOf(key))
    return text === undefined ? undefined : personSchema.parse(JSON.parse(text))
  }

  async function usable(person: Person): Promise<KeptGrant | undefined> {
    const { openid, grant } = person
    if (!grant) return undefined
    const { accessToken, refreshToken } = grant
    if (now() < grant.expiresAt && (await oauth.checkGrant({ accessToken, openid }))) return grant
    if (!refreshToken) return undefined
    try {
      const renewed = await oauth.refreshGrant(refreshToken)
      return toKept({ ...renewed, refreshToken: renewed.refreshToken ?? refreshToken })
    } catch (error) {
      if (error instanceof WechatApiError && GRANT_IS_OVER.includes(error.errcode)) return undefined
      throw error
    }
  }

  return {
    keyOf,
    find,
    async remember(grant, profile) {
      const key = keyOf(grant.openid)
      const known = await find(key)
      const unionid = profile?.unionid ?? grant.unionid ?? known?.unionid
      const { nickname, avatar } = profile ?? known ?? {}
      // A silent grant reads no profile: it must not displace one that does.
      await write({
        openid: grant.openid,
        unionid,
        nickname,
        avatar,
        grant: profile ? toKept(grant) : known?.grant,
      })
      return key
    },
    async readProfileAgain(key) {
      const person = await find(key)
      const grant = person && (await usable(person))
      if (!person || !grant) return undefined
      const { openid } = person
      const { nickname, avatar, unionid = person.unionid } = await oauth.fetchProfile({ ...grant, openid })
      const renewed = { openid, unionid, nickname, avatar, grant }
      await write(renewed)
      return renewed
    },
    async forgetProfile(key) {
      const person = await find(key)
      if (person) await write({ openid: person.openid, unionid: person.unionid })
    },
    forget: (key) => store.delete(entryOf(key)),
  }
}
