import { onPush, type PushHandler } from 'wechat-core'
import type { Members } from 'wechat-core/login'

const NICKNAME_AND_AVATAR = '205'

/**
 * Members take back what they allowed. WeChat's rules want it deleted.
 *
 * @see https://developers.weixin.qq.com/doc/offiaccount/OA_Web_Apps/authorization_change.html
 */
export function authorization({ members }: { members: Members }): PushHandler[] {
  return [
    onPush('event.unsubscribe', ({ fromUserName }) => members.forget(members.keyOf(fromUserName))),
    onPush('event.user_authorization_cancellation', ({ openid }) => members.forget(members.keyOf(openid))),
    onPush('event.user_authorization_revoke', async ({ openid, revokeInfo }) => {
      if (revokeInfo.includes(NICKNAME_AND_AVATAR)) await members.forgetProfile(members.keyOf(openid))
    }),
    // The name or picture that we hold is no longer theirs: read it again, or drop it. What a login brings meanwhile
    // is theirs, and stays.
    onPush('event.user_info_modified', async ({ openid }) => {
      const key = members.keyOf(openid)
      const known = await members.find(key)
      const renewed = await members.readProfileAgain(key).catch(() => undefined)
      if (known && !renewed) await members.dropProfile(key, known)
    }),
  ]
}
