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

export interface People {
  find(openid: string): Promise<Person | undefined>
  /** Keeps what a login brought; a silent one leaves an earlier profile as it is. */
  remember(grant: OAuthGrant, profile: OAuthProfile | undefined): Promise<void>
  /**
   * Reads nickname and avatar anew, with the kept grant.
   *
   * @returns undefined when there is no grant, or when it is over: only a new login with consent helps
   */
  readProfileAgain(openid: string): Promise<Person | undefined>
  /** Forgets nickname, avatar and the grant to read them. */
  forgetProfile(openid: string): Promise<void>
  /** Forgets the person; who is logged in as that person no longer is. */
  forget(openid: string): Promise<void>
}

// A refresh token lives 30 days, and so does a session: nothing here outlives the use it was given for.
const KEPT = 30 * 86_400_000
// The refresh token is invalid or too old, or the person has changed their password.
const GRANT_IS_OVER = [40030, 42002, 42007]

export function createPeople(parts: { wechat: Wechat; store: Store; now: () => number }): People {
  const { wechat, store, now } = parts
  const { oauth } = wechat
  const keyOf = (openid: string) => `person:${wechat.appId}:${openid}`
  const write = (person: Person) => store.set(keyOf(person.openid), JSON.stringify(person), KEPT)
  const toKept = (grant: OAuthGrant): KeptGrant => ({
    accessToken: grant.accessToken,
    refreshToken: grant.refreshToken,
    expiresAt: now() + grant.expiresIn * 1000,
  })

  async function find(openid: string): Promise<Person | undefined> {
    const text = await store.get(keyOf(openid))
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
    find,
    async remember(grant, profile) {
      const known = await find(grant.openid)
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
    },
    async readProfileAgain(openid) {
      const person = await find(openid)
      const grant = person && (await usable(person))
      if (!person || !grant) return undefined
      const { nickname, avatar, unionid = person.unionid } = await oauth.fetchProfile({ ...grant, openid })
      const renewed = { openid, unionid, nickname, avatar, grant }
      await write(renewed)
      return renewed
    },
    async forgetProfile(openid) {
      const person = await find(openid)
      if (person) await write({ openid, unionid: person.unionid })
    },
    forget: (openid) => store.delete(keyOf(openid)),
  }
}
