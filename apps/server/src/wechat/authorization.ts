import { onPush, type PushHandler } from 'wechat-core'
import type { PushParts } from './parts.ts'

const NICKNAME_AND_AVATAR = '205'

/**
 * People take back what they allowed. WeChat's rules want it deleted.
 *
 * @see https://developers.weixin.qq.com/doc/offiaccount/OA_Web_Apps/authorization_change.html
 */
export function authorization({ people }: Pick<PushParts, 'people'>): PushHandler[] {
  return [
    onPush('event.unsubscribe', ({ fromUserName }) => people.forget(people.keyOf(fromUserName))),
    onPush('event.user_authorization_cancellation', ({ openid }) => people.forget(people.keyOf(openid))),
    onPush('event.user_authorization_revoke', async ({ openid, revokeInfo }) => {
      if (revokeInfo.includes(NICKNAME_AND_AVATAR)) await people.forgetProfile(people.keyOf(openid))
    }),
    // The name or picture that we hold is no longer theirs: read it anew, or drop it. What a login brings meanwhile
    // is theirs, and stays.
    onPush('event.user_info_modified', async ({ openid }) => {
      const key = people.keyOf(openid)
      const known = await people.find(key)
      const renewed = await people.readProfileAgain(key).catch(() => undefined)
      if (known && !renewed) await people.dropProfile(key, known)
    }),
  ]
}
