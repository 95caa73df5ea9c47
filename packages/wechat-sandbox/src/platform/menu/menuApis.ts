import { Errcode } from '../api/errcode.ts'
import { menuSchema } from './menu.ts'
import { accountMay } from '../permissions.ts'
import type { Platform } from '../platform.ts'
import { get, post, type Endpoint } from '../api/endpoint.ts'

/** The account's menu. */
export function menuApis({ menu, switches }: Platform): Endpoint[] {
  const mayHave = () => {
    if (!accountMay(switches, 'menu')) throw new Errcode(48001)
  }
  return [
    post('/cgi-bin/menu/create', menuSchema, ({ body }) => {
      mayHave()
      menu.create(body.button)
      return { errcode: 0, errmsg: 'ok' }
    }),
    get('/cgi-bin/menu/get', () => {
      mayHave()
      const button = menu.get()
      if (!button) throw new Errcode(46003)
      return { menu: { button } }
    }),
    get('/cgi-bin/menu/delete', () => {
      mayHave()
      menu.remove()
      return { errcode: 0, errmsg: 'ok' }
    }),
  ]
}
