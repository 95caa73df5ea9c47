import { hash, randomUUID } from 'node:crypto'
import { WechatApiError } from '../errors.ts'
import type { OAuthGrant, OAuthProfile } from '../oauth.ts'
import type { Store } from '../stores/store.ts'
import type { Wechat } from '../wechat.ts'
import {
  readMemberEntry,
  writeMemberEntry,
  type KeptGrant,
  type Moment,
  type Member,
  type MemberEntry,
} from './memberEntry.ts'

export type { Moment, Member }

/** Under which somebody is known: a digest of the openid, so that nothing personal is left where only this is kept. */
export type MemberKey = string

export interface Members {
  keyOf(openid: string): MemberKey
  find(key: MemberKey): Promise<Member | undefined>
  /** Now, in the order of logins and deletions: a login asks for it before it asks WeChat for anything. */
  moment(): Promise<Moment>
  /**
   * Keeps what a login brought; a silent one leaves an earlier profile as it is.
   *
   * @param began when the login began: what was deleted since then stays deleted
   * @returns undefined when the person was forgotten since then
   */
  remember(grant: OAuthGrant, profile: OAuthProfile | undefined, began: Moment): Promise<Member | undefined>
  /**
   * Reads nickname and avatar again, with the kept grant.
   *
   * @returns undefined when there is no grant, or when it is over: only a new login with consent helps
   */
  readProfileAgain(key: MemberKey): Promise<Member | undefined>
  /** Forgets nickname, avatar and the grant to read them, of logins that are under way as well. */
  forgetProfile(key: MemberKey): Promise<void>
  /** Forgets them only if they are still those that this person had. */
  dropProfile(key: MemberKey, known: Member): Promise<void>
  /** Forgets the person; who is logged in as that person, or just logs in, no longer is, also not after a later login. */
  forget(key: MemberKey): Promise<void>
}

// A refresh token lives 30 days, and so does a session: nothing here outlives the use it was given for.
const KEPT = 30 * 86_400_000
// Longer than any login can be under way.
const DELETION_KEPT = 600_000
// Keys are older than the name of this file: with others, a release would end every login.
const MOMENT = 'people:moment'

/** What is kept about people who have logged in: one entry in the store for each, gone after 30 days without a login. */
export function createMembers(parts: {
  wechat: Pick<Wechat, 'appId' | 'oauth'>
  store: Store
  /** Milliseconds since 1970. */
  now: () => number
  /** Deletes what else is kept of a person. Where it fails, the member is still known and may ask again. */
  alsoForget?: ((key: MemberKey) => Promise<void>) | undefined
}): Members {
  const { wechat, store, now, alsoForget } = parts
  const { oauth } = wechat
  const keyOf = (openid: string): MemberKey => hash('sha256', `${wechat.appId}:${openid}`, 'base64url')
  const entryOf = (key: MemberKey) => `person:${key}`
  const toKept = (grant: OAuthGrant): KeptGrant => ({
    accessToken: grant.accessToken,
    refreshToken: grant.refreshToken,
    expiresAt: now() + grant.expiresIn * 1000,
  })
  const moment = () => store.increment(MOMENT)

  async function find(key: MemberKey): Promise<Member | undefined> {
    return readMemberEntry(await store.get(entryOf(key))).member
  }

  /** Changes the entry in one step; tried again when somebody else changed it meanwhile. */
  async function change(
    key: MemberKey,
    work: (known: MemberEntry) => MemberEntry | undefined,
  ): Promise<Member | undefined> {
    for (;;) {
      const text = await store.get(entryOf(key))
      const changed = work(readMemberEntry(text))
      if (!changed) return undefined
      const json = writeMemberEntry(changed)
      const ttl = changed.member ? KEPT : DELETION_KEPT
      const written =
        text === undefined
          ? await store.add(entryOf(key), json, ttl)
          : await store.replace(entryOf(key), text, json, ttl)
      if (written) return changed.member
    }
  }

  async function usable(member: Member): Promise<KeptGrant | undefined> {
    const { openid, grant } = member
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
      return change(keyOf(openid), ({ member, deletion }) => {
        if (began < deletion.forgotten) return undefined
        const base = {
          memberId: member?.memberId ?? randomUUID(),
          openid,
          unionid: profile?.unionid ?? grant.unionid ?? member?.unionid,
        }
        // A silent grant reads no profile: it must not displace one that does. Nor does a login that took long.
        const isNewest = began > Math.max(deletion.profileForgotten, member?.profileOf ?? 0)
        if (profile && isNewest) {
          const { nickname, avatar } = profile
          return { member: { ...base, nickname, avatar, grant: toKept(grant), profileOf: began }, deletion }
        }
        return { member: { profileOf: 0, ...member, ...base }, deletion }
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
        const { member } = known
        if (member?.memberId !== before.memberId || !member.grant) return undefined
        if (member.profileOf !== before.profileOf) return known
        return {
          ...known,
          member: { ...member, nickname, avatar, grant, unionid: unionid ?? member.unionid },
        }
      })
    },
    async forgetProfile(key) {
      const profileForgotten = await moment()
      await change(key, ({ member, deletion }) => ({
        member: member && withoutProfile(member),
        deletion: { ...deletion, profileForgotten: Math.max(deletion.profileForgotten, profileForgotten) },
      }))
    },
    async dropProfile(key, known) {
      await change(key, ({ member, deletion }) =>
        member && hasSameProfile(member, known) ? { member: withoutProfile(member), deletion } : undefined,
      )
    },
    async forget(key) {
      await alsoForget?.(key)
      const forgotten = await moment()
      await change(key, ({ deletion }) => ({
        member: undefined,
        deletion: { ...deletion, forgotten: Math.max(deletion.forgotten, forgotten) },
      }))
      // Once more: what was written between the two, by a request that still knew the member.
      await alsoForget?.(key)
    },
  }
}

const withoutProfile = ({ memberId, openid, unionid, profileOf }: Member): Member => ({
  memberId,
  openid,
  unionid,
  profileOf,
})

const hasSameProfile = (one: Member, other: Member): boolean =>
  one.memberId === other.memberId &&
  one.profileOf === other.profileOf &&
  one.nickname === other.nickname &&
  one.avatar === other.avatar
