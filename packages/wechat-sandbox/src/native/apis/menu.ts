import { ok, strings, type Api, type Call } from '../call.ts'
import type { ShareTarget } from '../messages.ts'

// 附录3 所有菜单项列表: the base items are there on every page and can't be hidden by "all but the base items".
const NON_BASE = [
  'menuItem:share:appMessage',
  'menuItem:share:timeline',
  'menuItem:share:qq',
  'menuItem:share:weiboApp',
  'menuItem:share:facebook',
  'menuItem:share:QZone',
  'menuItem:editTag',
  'menuItem:delete',
  'menuItem:copyUrl',
  'menuItem:originPage',
  'menuItem:readMode',
  'menuItem:openWithQQBrowser',
  'menuItem:openWithSafari',
  'menuItem:share:email',
  'menuItem:share:brand',
  'menuItem:favorite',
]

/** The item of "···" by which a page hides each way to share. */
export const SHARE_ITEMS: Record<ShareTarget, string> = {
  appmessage: 'menuItem:share:appMessage',
  timeline: 'menuItem:share:timeline',
  qq: 'menuItem:share:qq',
  qzone: 'menuItem:share:QZone',
  weibo: 'menuItem:share:weiboApp',
  favorite: 'menuItem:favorite',
}

/** The whole "···" goes or comes. */
export const showMenu =
  (shown: boolean): Api =>
  (call) => {
    call.document.menu.shown = shown
    return ok(call)
  }

/** Single items of "···". */
export const hideItems: Api = (call) => hide(call, strings(call.params['menuList']))
export const showItems: Api = (call) => unhide(call, strings(call.params['menuList']))
export const hideNonBaseItems: Api = (call) => hide(call, NON_BASE)
export const showNonBaseItems: Api = (call) => unhide(call, NON_BASE)

function hide(call: Call, items: string[]) {
  const { menu } = call.document
  menu.hidden = [...new Set([...menu.hidden, ...items])]
  return ok(call)
}

function unhide(call: Call, items: string[]) {
  const { menu } = call.document
  menu.hidden = menu.hidden.filter((item) => !items.includes(item))
  return ok(call)
}
