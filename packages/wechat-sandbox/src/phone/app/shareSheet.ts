import type { MenuState, ShareTarget } from '../../native/messages.ts'
import { button, el, icon } from './elements.js'
import { ICONS } from './icons.js'
import { openLayer } from './layer.js'
import { words } from './words.js'

export interface ShareSheetActions {
  share: (target: ShareTarget) => void
  copy: () => void
  reload: () => void
  fontSize: () => void
  panel: () => void
}

interface Item {
  icon: keyof typeof ICONS
  label: string
  /** The name by which a page hides it; without one it can't. */
  name?: string
  run: () => void
}

/** What opens from below when a person taps "···": everything that the page has not hidden. */
export function openShareSheet({ hidden }: MenuState, actions: ShareSheetActions): void {
  const share = (target: ShareTarget) => () => actions.share(target)
  const sharing: Item[] = [
    { icon: 'friend', label: words.toFriend, name: 'share:appMessage', run: share('appmessage') },
    { icon: 'moments', label: words.toMoments, name: 'share:timeline', run: share('timeline') },
    { icon: 'favorite', label: words.favorite, name: 'favorite', run: share('favorite') },
    { icon: 'qq', label: words.qq, name: 'share:qq', run: share('qq') },
    { icon: 'qzone', label: words.qzone, name: 'share:QZone', run: share('qzone') },
    { icon: 'weibo', label: words.weibo, name: 'share:weiboApp', run: share('weibo') },
  ]
  const tools: Item[] = [
    { icon: 'copy', label: words.copy, name: 'copyUrl', run: actions.copy },
    { icon: 'reload', label: words.reload, name: 'refresh', run: actions.reload },
    { icon: 'font', label: words.fontSize, name: 'setFont', run: actions.fontSize },
    { icon: 'panel', label: words.panel, run: actions.panel },
  ]
  const isShown = ({ name }: Item) => name === undefined || !hidden.includes(`menuItem:${name}`)
  openLayer('sheet', words.menu, (close) => {
    const draw = ({ icon: drawing, label, run }: Item) =>
      button('sheet-item', () => (close(), run()), [icon(ICONS[drawing]), label])
    const row = (items: Item[]) => el('div', { class: 'sheet-row' }, ...items.filter(isShown).map(draw))
    return [row(sharing), row(tools), button('sheet-cancel', close, [words.cancel])]
  })
}
