import type { Page } from '@playwright/test'
import { SHARE_ITEMS } from '../native/apis/menu.ts'
import type { MenuState, SharedCard, ShareTarget } from '../native/messages.ts'

/**
 * Opens the menu "···" of the page and chooses a target in it, as a person does on the phone.
 *
 * @throws {Error} where the page has hidden the menu, or this item of it
 */
export async function tapShare(page: Page, target: ShareTarget): Promise<SharedCard> {
  const { shown, hidden } = await order<MenuState>(page, 'menu')
  if (!shown) throw new Error('There is nothing to tap: the page has hidden the menu (hideOptionMenu).')
  const item = SHARE_ITEMS[target]
  if (hidden.includes(item))
    throw new Error(`There is nothing to tap: the page has hidden ${item} (hideMenuItems).`)
  return order<SharedCard>(page, 'share', { target })
}

/** Sends the page's half of the bridge what the phone would send; gives the answer. */
function order<T>(page: Page, action: 'menu' | 'share', more: object = {}): Promise<T> {
  return page.evaluate(
    ([name, fields]) =>
      new Promise<T>((done) => {
        const id = String(Math.random())
        const event = name === 'share' ? 'card' : 'menu'
        const onAnswer = ({ data }: MessageEvent<Record<string, unknown>>) => {
          if (data['event'] !== event || data['id'] !== id) return
          window.removeEventListener('message', onAnswer)
          done(data[event] as T)
        }
        window.addEventListener('message', onAnswer)
        window.postMessage({ ...fields, to: 'wechat-page', action: name, id }, location.origin)
      }),
    [action, more] as const,
  )
}
