import { z } from 'zod'
import { get, post, type Endpoint } from '../api/endpoint.ts'
import { Errcode } from '../api/errcode.ts'
import { demand } from '../permissions.ts'
import type { Platform } from '../platform.ts'
import { conditionalSchema } from './conditionalMenus.ts'
import { MENU_ID } from './menu.ts'
import { menuSchema, type MenuButton } from './menuButtons.ts'

/** The account's menu, those that only some people see, and what the console has of it. */
export function menuApis({ menu, switches, followers, identities }: Platform): Endpoint[] {
  const ok = { errcode: 0, errmsg: 'ok' }
  const mayHave = () => demand(switches, 'menu')
  return [
    post('/cgi-bin/menu/create', menuSchema, ({ body }) => {
      mayHave()
      menu.create(body.button)
      return ok
    }),
    get('/cgi-bin/menu/get', () => {
      mayHave()
      const button = menu.get()
      if (!button) throw new Errcode(46003)
      const others = menu.conditional.list()
      if (others.length === 0) return { menu: { button } }
      return { menu: { button, menuid: MENU_ID }, conditionalmenu: others }
    }),
    get('/cgi-bin/menu/delete', () => {
      mayHave()
      menu.remove()
      return ok
    }),
    post('/cgi-bin/menu/addconditional', conditionalSchema, ({ body }) => {
      mayHave()
      return { menuid: String(menu.addConditional(body.button, body.matchrule)) }
    }),
    post('/cgi-bin/menu/delconditional', z.object({ menuid: z.coerce.string() }), ({ body }) => {
      mayHave()
      menu.conditional.delete(body.menuid)
      return ok
    }),
    // An openid, or what the person is called in WeChat: here that is the id.
    post('/cgi-bin/menu/trymatch', z.object({ user_id: z.string() }), ({ body: { user_id: id } }) => {
      mayHave()
      const openid = identities.personOf(id) ? id : openidOfName(id)
      const following = openid === undefined ? undefined : followers.get(openid)
      if (!following) throw new Errcode(65302)
      const button = menu.shownTo({ tags: following.tags })
      if (!button) throw new Errcode(46003)
      return { button }
    }),
    get('/cgi-bin/get_current_selfmenu_info', () => {
      const button = menu.get()
      return { is_menu_open: button ? 1 : 0, selfmenu_info: { button: (button ?? []).map(asInConsole) } }
    }),
    // Nobody can set automatic replies in the sandbox, so there are none.
    get('/cgi-bin/get_current_autoreply_info', () => ({
      is_add_friend_reply_open: 0,
      is_autoreply_open: 0,
    })),
  ]

  function openidOfName(id: string): string | undefined {
    const names = followers.list().map((openid) => ({ openid, name: identities.personOf(openid)?.id }))
    return names.find(({ name }) => name === id)?.openid
  }
}

// 查询自定义菜单的信息: what is in a group stands in a list of its own.
const asInConsole = (button: MenuButton): unknown =>
  'sub_button' in button ? { ...button, sub_button: { list: button.sub_button } } : button
