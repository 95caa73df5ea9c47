import { hash, randomUUID } from 'node:crypto'
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
  /** Another one after everything was forgotten: logins from before then stay ended. */
  since: z.string(),
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
  remember(grant: OAuthGrant, profile: OAuthProfile | undefined): Promise<Person>
  /**
   * Reads nickname and avatar anew, with the kept grant.
   *
   * @returns undefined when there is no grant, or when it is over: only a new login with consent helps
   */
  readProfileAgain(key: PersonKey): Promise<Person | undefined>
  /** Forgets nickname, avatar and the grant to read them. */
  forgetProfile(key: PersonKey): Promise<void>
  /** Forgets the person; who is logged in as that person no longer is, also not after a later login. */
  forget(key: PersonKey): Promise<void>
}

// A refresh token lives 30 days, and so does a session: nothing here outlives the use it was given for.
const KEPT = 30 * 86_400_000

export function createPeople(parts: { wechat: Wechat; store: Store; now: () => number }): People {
  const { wechat, store, now } = parts
  const { oauth } = wechat
  const keyOf = (openid: string): PersonKey => hash('sha256', `${wechat.appId}:${openid}`, 'base64url')
  const entryOf = (key: PersonKey) => `person:${key}`
  const toKept = (grant: OAuthGrant): KeptGrant => ({
    accessToken: grant.accessToken,
    refreshToken: grant.refreshToken,
    expiresAt: now() + grant.expiresIn * 1000,
  })

  async function find(key: PersonKey): Promise<Person | undefined> {
    return readPerson(await store.get(entryOf(key)))
  }

  /** Changes the entry in one step; tried again when somebody else changed it meanwhile. */
  async function change(key: PersonKey, work: (known: Person | undefined) => Person | undefined) {
    for (;;) {
      const text = await store.get(entryOf(key))
      const changed = work(readPerson(text))
      if (!changed) return undefined
      const json = JSON.stringify(changed)
      const written =
        text === undefined
          ? await store.add(entryOf(key), json, KEPT)
          : await store.replace(entryOf(key), text, json, KEPT)
      if (written) return changed
    }
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
      // The refresh token is invalid or too old, or the person has changed their password.
      if (error instanceof WechatApiError && error.kind === 'login') return undefined
      throw error
    }
  }

  return {
    keyOf,
    find,
    async remember(grant, profile) {
      const { openid } = grant
      const person = await change(keyOf(openid), (known) => ({
        since: known?.since ?? randomUUID(),
        openid,
        unionid: profile?.unionid ?? grant.unionid ?? known?.unionid,
        nickname: profile?.nickname ?? known?.nickname,
        avatar: profile?.avatar ?? known?.avatar,
        // A silent grant reads no profile: it must not displace one that does.
        grant: profile ? toKept(grant) : known?.grant,
      }))
      if (!person) throw new TypeError('a person who logs in is always kept')
      return person
    },
    async readProfileAgain(key) {
      const person = await find(key)
      const grant = person && (await usable(person))
      if (!person || !grant) return undefined
      const { nickname, avatar, unionid } = await oauth.fetchProfile({ ...grant, openid: person.openid })
      // WeChat took its time: who was forgotten meanwhile stays forgotten, what was taken back stays so.
      return change(key, (known) =>
        known?.since === person.since && known.grant
          ? { ...known, nickname, avatar, grant, unionid: unionid ?? known.unionid }
          : undefined,
      )
    },
    async forgetProfile(key) {
      await change(
        key,
        (known) => known && { since: known.since, openid: known.openid, unionid: known.unionid },
      )
    },
    forget: (key) => store.delete(entryOf(key)),
  }
}

// What another version has written, or nobody, counts as nobody.
function readPerson(text: string | undefined): Person | undefined {
  try {
    return text === undefined ? undefined : personSchema.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}
