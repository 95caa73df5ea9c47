import type { Call } from './call.ts'

/** Entries of the menu behind "···". */
export type MenuItem = `menuItem:${
  | 'exposeArticle'
  | 'setFont'
  | 'dayMode'
  | 'nightMode'
  | 'refresh'
  | 'profile'
  | 'addContact'
  | 'share:appMessage'
  | 'share:timeline'
  | 'share:qq'
  | 'share:weiboApp'
  | 'share:facebook'
  | 'share:QZone'
  | 'favorite'
  | 'jsDebug'
  | 'editTag'
  | 'delete'
  | 'copyUrl'
  | 'originPage'
  | 'readMode'
  | 'openWithQQBrowser'
  | 'openWithSafari'
  | 'share:email'
  | 'share:brand'}`

export interface WindowCalls {
  hideOptionMenu: Call
  showOptionMenu: Call
  hideMenuItems: Call<{ menuList: MenuItem[] }>
  showMenuItems: Call<{ menuList: MenuItem[] }>
  hideAllNonBaseMenuItem: Call
  showAllNonBaseMenuItem: Call
  closeWindow: Call
}
