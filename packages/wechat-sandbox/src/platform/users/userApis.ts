import { z } from 'zod'
import { get, post, type Endpoint } from '../api/endpoint.ts'
import { Errcode } from '../api/errcode.ts'
import { demand } from '../permissions.ts'
import type { Platform } from '../platform.ts'
import { openidPage } from './openidPage.ts'

const PAGE = 10_000
const MOST_AT_ONCE = 100
const REMARK_BYTES = 30

const batchBody = z.object({ user_list: z.array(z.object({ openid: z.string() })) })
const remarkBody = z.object({ openid: z.string(), remark: z.string() })

/** What an account may know of a person without asking: nothing but whether they follow (since 2021-12-27). */
export function userApis(platform: Platform): Endpoint[] {
  const { followers, switches, blacklist } = platform
  const seen = () => followers.list().filter((openid) => !blacklist.has(openid))
  return [
    get('/cgi-bin/user/info', ({ query: { openid } }) => {
      if (!openid) throw new Errcode(41009)
      return userInfo(platform, openid)
    }),
    post('/cgi-bin/user/info/batchget', batchBody, ({ body: { user_list: list } }) => {
      demand(switches, 'users')
      if (list.length < 1 || list.length > MOST_AT_ONCE) throw new Errcode(40032)
      return { user_info_list: list.map(({ openid }) => userInfo(platform, openid)) }
    }),
    get('/cgi-bin/user/get', ({ query: { next_openid: after } }) => {
      demand(switches, 'users')
      const all = seen()
      return { total: all.length, ...openidPage(all, typeof after === 'string' ? after : '', PAGE) }
    }),
    post('/cgi-bin/user/info/updateremark', remarkBody, ({ body: { openid, remark } }) => {
      demand(switches, 'users')
      const following = followers.get(openid)
      if (!following) throw new Errcode(40003)
      if (Buffer.byteLength(remark) >= REMARK_BYTES) throw new Errcode(40092)
      following.remark = remark
      return { errcode: 0, errmsg: 'ok' }
    }),
  ]
}

/** @throws {Errcode} 40003 where this is nobody's openid at this account */
function userInfo({ followers, identities }: Platform, openid: unknown): Record<string, unknown> {
  const person = typeof openid === 'string' ? identities.personOf(openid) : undefined
  if (!person || typeof openid !== 'string') throw new Errcode(40003)
  const following = followers.get(openid)
  if (!following) return { subscribe: 0, openid }
  const { scene, since, remark, tags } = following
  return {
    subscribe: 1,
    openid,
    subscribe_time: Math.floor(since / 1000),
    ...identities.unionidField(person),
    remark,
    groupid: tags[0] ?? 0,
    tagid_list: [...tags],
    subscribe_scene: scene === undefined ? 'ADD_SCENE_SEARCH' : 'ADD_SCENE_QR_CODE',
    qr_scene: /^\d+$/.test(scene ?? '') ? Number(scene) : 0,
    qr_scene_str: /^\d*$/.test(scene ?? '') ? '' : scene,
  }
}
