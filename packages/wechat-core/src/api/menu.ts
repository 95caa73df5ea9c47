import { z } from 'zod'
import { WechatApiError } from '../errors.ts'
import type { Wechat } from '../wechat.ts'

/** One thing to tap. A name has at most 16 bytes in the bar, and 60 in a group. */
export type MenuItem =
  | { type: 'view'; name: string; url: string }
  | { type: KeyedType; name: string; key: string }
  /** `url` is opened by a WeChat that is too old for mini programs. */
  | { type: 'miniprogram'; name: string; url: string; appId: string; pagePath: string }
  | { type: 'media_id' | 'view_limited'; name: string; mediaId: string }
  | { type: 'article_id' | 'article_view_limited'; name: string; articleId: string }

/** An item of the bar, or a group of one to five items. */
export type MenuButton = MenuItem | { name: string; items: MenuItem[] }

const KEYED = [
  'click',
  'scancode_push',
  'scancode_waitmsg',
  'pic_sysphoto',
  'pic_photo_or_album',
  'pic_weixin',
  'location_select',
] as const
type KeyedType = (typeof KEYED)[number]

const name = z.string()
const text = z.string().default('')
const itemSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('view'), name, url: text }),
  z.object({ type: z.enum(KEYED), name, key: text }),
  z
    .object({ type: z.literal('miniprogram'), name, url: text, appid: text, pagepath: text })
    .transform(({ appid, pagepath, ...item }) => ({ ...item, appId: appid, pagePath: pagepath })),
  z
    .object({ type: z.enum(['media_id', 'view_limited']), name, media_id: text })
    .transform(({ media_id, ...item }) => ({ ...item, mediaId: media_id })),
  z
    .object({ type: z.enum(['article_id', 'article_view_limited']), name, article_id: text })
    .transform(({ article_id, ...item }) => ({ ...item, articleId: article_id })),
])
const buttonSchema = z.union([
  z
    .object({ name, sub_button: z.array(itemSchema).min(1) })
    .transform(({ sub_button, ...group }) => ({ ...group, items: sub_button })),
  itemSchema, // WeChat gives it an empty sub_button
])
const menuSchema = z.object({ menu: z.object({ button: z.array(buttonSchema) }) })

/**
 * Replaces the account's menu: one to three buttons. Clients show it within some minutes.
 *
 * @throws {WechatApiError} 40016 to 40025 name what is wrong with a button
 * @see https://developers.weixin.qq.com/doc/offiaccount/Custom_Menus/Creating_Custom-Defined_Menu.html
 */
export async function createMenu(wechat: Pick<Wechat, 'api'>, buttons: MenuButton[]): Promise<void> {
  await wechat.api({
    method: 'POST',
    path: '/cgi-bin/menu/create',
    body: {
      button: buttons.map((button) =>
        'items' in button ? { name: button.name, sub_button: button.items.map(toBody) } : toBody(button),
      ),
    },
    schema: z.object({}),
  })
}

/**
 * Reads the menu that {@link createMenu} made; one that was made in the console is not seen here.
 *
 * @returns undefined when there is none
 * @see https://developers.weixin.qq.com/doc/offiaccount/Custom_Menus/Querying_Custom_Menus.html
 */
export async function getMenu(wechat: Pick<Wechat, 'api'>): Promise<MenuButton[] | undefined> {
  try {
    const { menu } = await wechat.api({ method: 'GET', path: '/cgi-bin/menu/get', schema: menuSchema })
    return menu.button
  } catch (error) {
    if (error instanceof WechatApiError && error.errcode === 46003) return undefined
    throw error
  }
}

/**
 * Takes the menu away.
 *
 * @see https://developers.weixin.qq.com/doc/offiaccount/Custom_Menus/Deleting_Custom-Defined_Menu.html
 */
export async function deleteMenu(wechat: Pick<Wechat, 'api'>): Promise<void> {
  await wechat.api({ method: 'GET', path: '/cgi-bin/menu/delete', schema: z.object({}) })
}

function toBody(item: MenuItem): Record<string, unknown> {
  switch (item.type) {
    case 'miniprogram': {
      const { appId, pagePath, ...rest } = item
      return { ...rest, appid: appId, pagepath: pagePath }
    }
    case 'media_id':
    case 'view_limited':
      return { type: item.type, name: item.name, media_id: item.mediaId }
    case 'article_id':
    case 'article_view_limited':
      return { type: item.type, name: item.name, article_id: item.articleId }
    default:
      return item
  }
}
