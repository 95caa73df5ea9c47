import { Errcode } from '../api/errcode.ts'
import type { Platform } from '../platform.ts'
import { get, type Endpoint } from '../api/endpoint.ts'

/** What an account may know of a person without asking: nothing but whether they follow (since 2021-12-27). */
export function userApis({ followers, identities }: Platform): Endpoint[] {
  return [
    get('/cgi-bin/user/info', ({ query: { openid } }) => {
      if (!openid) throw new Errcode(41009)
      const person = typeof openid === 'string' ? identities.personOf(openid) : undefined
      if (!person || typeof openid !== 'string') throw new Errcode(40003)
      const following = followers.get(openid)
      if (!following) return { subscribe: 0, openid }
      return {
        subscribe: 1,
        openid,
        subscribe_time: Math.floor(following.since / 1000),
        ...identities.unionidField(person),
        remark: '',
        groupid: 0,
        tagid_list: [],
        subscribe_scene: following.scene === undefined ? 'ADD_SCENE_SEARCH' : 'ADD_SCENE_QR_CODE',
        qr_scene: /^\d+$/.test(following.scene ?? '') ? Number(following.scene) : 0,
        qr_scene_str: /^\d*$/.test(following.scene ?? '') ? '' : following.scene,
      }
    }),
  ]
}
