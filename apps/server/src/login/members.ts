import { hash, randomUUID } from 'node:crypto'
import { WechatApiError, type OAuthGrant, type OAuthProfile, type Store, type Wechat } from 'wechat-core'
import {
  readPersonEntry,
  writePersonEntry,
  type KeptGrant,
  type Moment,
  type Person,
  type PersonEntry,
} from './memberEntry.ts'

export type { Moment, Person }

/** Under which somebody is known: a digest of the openid, so that nothing personal is left where only this is kept. */
export type PersonKey = string

export interface People {
  keyOf(openid: string): PersonKey
  find(key: PersonKey): Promise<Person | undefined>
  /** Now, in the order of logins and deletions: a login asks for it before it asks WeChat for anything. */
  moment(): Promise<Moment>
  /**
   * Keeps what a login brought; a silent one leaves an earlier profile as it is.
   *
   * @param began when the login began: what was deleted since then stays deleted
   * @returns undefined when the person was forgotten since then
   */
  remember(grant: OAuthGrant, profile: OAuthProfile | undefined, began: Moment): Promise<Person | undefined>
  /**
   * Reads nickname and avatar anew, with the kept grant.
   *
   * @returns undefined when there is no grant, or when it is over: only a new login with consent helps
   */
  readProfileAgain(key: PersonKey): Promise<Person | undefined>
  /** Forgets nickname, avatar and the grant to read them, of logins that are under way as well. */
  forgetProfile(key: PersonKey): Promise<void>
  /** Forgets them only if they are still those that this person had. */
  dropProfile(key: PersonKey, known: Person): Promise<void>
  /** Forgets the person; who is logged in as that person, or just logs in, no longer is, also not after a later login. */
  forget(key: PersonKey): Promise<void>
}

// A refresh token lives 30 days, and so does a session: nothing here outlives the use it was given for.
const KEPT = 30 * 86_400_000
// Longer than any login can be under way.
const DELETION_KEPT = 600_000
const MOMENT = 'people:moment'

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
  const moment = () => store.increment(MOMENT)

  async function find(key: PersonKey): Promise<Person | undefined> {
    return readPersonEntry(await store.get(entryOf(key))).person
  }

  /** Changes the entry in one step; tried again when somebody else changed it meanwhile. */
  async function change(
    key: PersonKey,
    work: (known: PersonEntry) => PersonEntry | undefined,
  ): Promise<Person | undefined> {
    for (;;) {
      const text = await store.get(entryOf(key))
      const changed = work(readPersonEntry(text))
      if (!changed) return undefined
      const json = writePersonEntry(changed)
      const ttl = changed.person ? KEPT : DELETION_KEPT
      const written =
        text === undefined
          ? await store.add(entryOf(key), json, ttl)
          : await store.replace(entryOf(key), text, json, ttl)
      if (written) return changed.person
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
    moment,
    remember(grant, profile, began) {
      const { openid } = grant
      return change(keyOf(openid), ({ person, deletion }) => {
        if (began < deletion.forgotten) return undefined
        const base = {
          since: person?.since ?? randomUUID(),
          openid,
          unionid: profile?.unionid ?? grant.unionid ?? person?.unionid,
        }
        // A silent grant reads no profile: it must not displace one that does. Nor does a login that took long.
        const isNewest = began > Math.max(deletion.profileForgotten, person?.profileOf ?? 0)
        if (profile && isNewest) {
          const { nickname, avatar } = profile
          return { person: { ...base, nickname, avatar, grant: toKept(grant), profileOf: began }, deletion }
        }
        return { person: { profileOf: 0, ...person, ...base }, deletion }
      })
    },
    async readProfileAgain(key) {
      const before = await find(key)
      const grant = before && (await usable(before))
      if (!before || !grant) return undefined
      const { nickname, avatar, unionid } = await oauth.fetchProfile({ ...grant, openid: before.openid })
      // WeChat took its time: who was forgotten meanwhile stays forgotten, what was taken back stays so, and what a
      // login brought meanwhile is newer.
      return change(key, (known) => {
        const { person } = known
        if (person?.since !== before.since || !person.grant) return undefined
        if (person.profileOf !== before.profileOf) return known
        return {
          ...known,
          person: { ...person, nickname, avatar, grant, unionid: unionid ?? person.unionid },
        }
      })
    },
    async forgetProfile(key) {
      const profileForgotten = await moment()
      await change(key, ({ person, deletion }) => ({
        person: person && withoutProfile(person),
        deletion: { ...deletion, profileForgotten: Math.max(deletion.profileForgotten, profileForgotten) },
      }))
    },
    async dropProfile(key, known) {
      await change(key, ({ person, deletion }) =>
        person && hasSameProfile(person, known) ? { person: withoutProfile(person), deletion } : undefined,
      )
    },
    async forget(key) {
      const forgotten = await moment()
      await change(key, ({ deletion }) => ({
        person: undefined,
        deletion: { ...deletion, forgotten: Math.max(deletion.forgotten, forgotten) },
      }))
    },
  }
}

const withoutProfile = ({ since, openid, unionid, profileOf }: Person): Person => ({
  since,
  openid,
  unionid,
  profileOf,
})

const hasSameProfile = (one: Person, other: Person): boolean =>
  one.since === other.since &&
  one.profileOf === other.profileOf &&
  one.nickname === other.nickname &&
  one.avatar === other.avatar
