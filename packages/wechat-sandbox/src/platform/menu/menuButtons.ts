import { z } from 'zod'
import { Errcode } from '../api/errcode.ts'

const KEYED = [
  'click',
  'scancode_push',
  'scancode_waitmsg',
  'pic_sysphoto',
  'pic_photo_or_album',
  'pic_weixin',
  'location_select',
] as const
const OTHERS = ['view', 'miniprogram', 'media_id', 'article_id'] as const

const leafSchema = z.object({
  type: z.string(),
  name: z.string(),
  key: z.string().optional(),
  url: z.string().optional(),
  appid: z.string().optional(),
  pagepath: z.string().optional(),
  media_id: z.string().optional(),
})
const groupSchema = z.object({ name: z.string(), sub_button: z.array(leafSchema).min(1) })

/** The body of `menu/create`, as far as JSON goes. */
export const menuSchema = z.object({ button: z.array(z.union([groupSchema, leafSchema])) })

export type MenuLeaf = z.output<typeof leafSchema>
export type MenuButton = z.output<typeof groupSchema> | MenuLeaf

/**
 * @throws {Errcode} 40016 and 40023 for the number of buttons, 40017 for a type, 40018 and 40025 for a name,
 *   40019 for a key, 40020 for an address
 * @see https://developers.weixin.qq.com/doc/offiaccount/Custom_Menus/Creating_Custom-Defined_Menu.html
 */
export function checkButtons(buttons: readonly MenuButton[]): void {
  if (buttons.length < 1 || buttons.length > 3) throw new Errcode(40016)
  for (const button of buttons) {
    // 16 and 60 bytes: believed.
    if (sizeOf(button.name) < 1 || sizeOf(button.name) > 16) throw new Errcode(40018)
    if (!('sub_button' in button)) checkLeaf(button)
    else {
      if (button.sub_button.length > 5) throw new Errcode(40023)
      for (const sub of button.sub_button) {
        if (sizeOf(sub.name) < 1 || sizeOf(sub.name) > 60) throw new Errcode(40025)
        checkLeaf(sub)
      }
    }
  }
}

function checkLeaf({ type, key = '', url = '' }: MenuLeaf): void {
  if (![...KEYED, ...OTHERS].some((known) => known === type)) throw new Errcode(40017)
  if (KEYED.some((known) => known === type) && (key === '' || sizeOf(key) > 128)) throw new Errcode(40019)
  if (type === 'view' && (!URL.canParse(url) || sizeOf(url) > 1024)) throw new Errcode(40020)
}

const sizeOf = (text: string): number => Buffer.byteLength(text)
