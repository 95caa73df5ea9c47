import type { PushOutcome } from '../push/pushes.ts'
import type { FollowChange } from '../users/followers.ts'
import { dayOf } from './period.ts'

type Row = Record<string, string | number>
/** How happenings are put together: fields that are the same for all of a row. */
type KeyOf<T> = (happened: T) => Row

// 获取用户增减数据: where people come from. Who goes counts as "others".
const SOURCES = { others: 0, search: 1, qrCode: 30 }
// 消息分析数据接口; what is none of these does not count.
const MESSAGE_TYPES: Record<string, number> = { text: 1, image: 2, voice: 3, video: 4, link: 6 }

/** Who came and who went, by day and by the way they came. */
export function userSummary(days: readonly string[], changes: readonly FollowChange[]): Row[] {
  return days.flatMap((ref_date) => {
    const today = changes.filter(({ at }) => dayOf(at) === ref_date)
    const came = (byCode: boolean) =>
      today.filter(({ kind, scene }) => kind === 'came' && (scene !== undefined) === byCode).length
    const cancel_user = today.filter(({ kind }) => kind === 'went').length
    const ways = [
      { user_source: SOURCES.search, new_user: came(false), cancel_user: 0 },
      { user_source: SOURCES.qrCode, new_user: came(true), cancel_user: 0 },
    ]
    return [
      { ref_date, user_source: SOURCES.others, new_user: 0, cancel_user },
      ...ways.filter(({ new_user }) => new_user > 0).map((way) => ({ ref_date, ...way })),
    ]
  })
}

/** How many followed at the end of each day. @param followers how many there are now */
export function userCumulate(
  days: readonly string[],
  changes: readonly FollowChange[],
  followers: number,
): Row[] {
  return days.map((ref_date) => {
    const later = changes.filter(({ at }) => dayOf(at) > ref_date)
    const grown = later.reduce((sum, { kind }) => sum + (kind === 'came' ? 1 : -1), 0)
    return { ref_date, cumulate_user: followers - grown }
  })
}

/** Messages that people sent, by kind. */
export function messages(pushes: readonly PushOutcome[], time: KeyOf<PushOutcome>): Row[] {
  const counted = pushes.filter(({ msgType }) => MESSAGE_TYPES[msgType] !== undefined)
  const key = (push: PushOutcome) => ({ ...time(push), msg_type: MESSAGE_TYPES[push.msgType] ?? 0 })
  return grouped(counted, key).map(([row, group]) => ({
    ...row,
    msg_user: new Set(group.map(({ openid }) => openid)).size,
    msg_count: group.length,
  }))
}

/** How many people sent how much: 1 to 5, 6 to 10, or more messages. */
export function messageDistribution(pushes: readonly PushOutcome[], time: KeyOf<PushOutcome>): Row[] {
  const counted = pushes.filter(({ msgType }) => MESSAGE_TYPES[msgType] !== undefined)
  return grouped(counted, time).flatMap(([row, group]) => {
    const people = grouped(group, ({ openid }) => ({ openid }))
    const bySize = grouped(people, ([, own]) => ({
      count_interval: own.length > 10 ? 3 : own.length > 5 ? 2 : 1,
    }))
    return bySize.map(([size, same]) => ({ ...row, ...size, msg_user: same.length }))
  })
}

/** How the account's server took what it was told. Times are in milliseconds. */
export function callbacks(pushes: readonly PushOutcome[], time: KeyOf<PushOutcome>): Row[] {
  return grouped(pushes, time).map(([row, group]) => ({
    ...row,
    callback_count: group.length,
    fail_count: group.filter(({ failed }) => failed).length,
    total_time_cost: group.reduce((sum, { ms }) => sum + ms, 0),
    max_time_cost: Math.max(...group.map(({ ms }) => ms)),
  }))
}

function grouped<T>(all: readonly T[], keyOf: KeyOf<T>): [Row, T[]][] {
  const groups = new Map<string, [Row, T[]]>()
  for (const one of all) {
    const row = keyOf(one)
    const key = JSON.stringify(row)
    const group = groups.get(key)
    if (group) group[1].push(one)
    else groups.set(key, [row, [one]])
  }
  return [...groups.values()]
}
