import { z } from 'zod'
import type { Wechat } from '../wechat.ts'

/** What the account may know of somebody without asking: nothing but whether they follow, and how they came to. */
export type User =
  | { follows: false; openid: string }
  | {
      follows: true
      openid: string
      /** Only for an account that is bound to an Open Platform account. */
      unionid: string | undefined
      /** Milliseconds since 1970. */
      followedAt: number
      /** How they came, e.g. `ADD_SCENE_QR_CODE`. */
      source: string | undefined
      /** The scene of the QR code that they followed by. */
      qrScene: string | undefined
      /** What the account calls them. */
      remark: string
      tagIds: number[]
    }

const schema = z.union([
  z
    .object({ subscribe: z.literal(0), openid: z.string() })
    .transform(({ openid }): User => ({ follows: false, openid })),
  z
    .object({
      subscribe: z.literal(1),
      openid: z.string(),
      unionid: z.string().optional(),
      subscribe_time: z.number(),
      subscribe_scene: z.string().optional(),
      qr_scene: z.number().default(0),
      qr_scene_str: z.string().default(''),
      remark: z.string().default(''),
      tagid_list: z.array(z.number()).default([]),
    })
    .transform((user): User => ({
      follows: true,
      openid: user.openid,
      unionid: user.unionid,
      followedAt: user.subscribe_time * 1000,
      source: user.subscribe_scene,
      qrScene: user.qr_scene_str || (user.qr_scene === 0 ? undefined : String(user.qr_scene)),
      remark: user.remark,
      tagIds: user.tagid_list,
    })),
])

/**
 * Whether somebody follows the account. Nickname and picture are not in it since 2021-12-27: these come from a login
 * with `snsapi_userinfo`.
 *
 * @throws {WechatApiError} 40003: the openid is of another account
 * @see https://developers.weixin.qq.com/doc/offiaccount/User_Management/Get_users_basic_information_UnionID.html
 */
export async function getUser(wechat: Pick<Wechat, 'api'>, openid: string): Promise<User> {
  return wechat.api({ method: 'GET', path: '/cgi-bin/user/info', query: { openid, lang: 'zh_CN' }, schema })
}
