import { z } from 'zod'
import { post, type Endpoint } from '../api/endpoint.ts'
import { Errcode } from '../api/errcode.ts'
import { demand } from '../permissions.ts'
import type { Platform } from '../platform.ts'

const LONGEST_LIFE = 2_592_000
const USUAL_LIFE = 60
const LAST_OF_GOOD = 100_000
const LAST_OF_TEMPORARY = 4_294_967_295

const body = z.object({
  action_name: z.string().default(''),
  expire_seconds: z.coerce.number().optional(),
  action_info: z
    .object({ scene: z.object({ scene_id: z.coerce.number().optional(), scene_str: z.string().optional() }) })
    .optional(),
})

/** 生成带参数的二维码: codes that tell the server through which of them somebody came. */
export function qrCodeApis({ qrCodes, switches }: Platform): Endpoint[] {
  return [
    post('/cgi-bin/qrcode/create', body, ({ body: wanted }) => {
      demand(switches, 'qrcode')
      const { action_name: action, expire_seconds: seconds = USUAL_LIFE, action_info: info } = wanted
      const lasts = action.startsWith('QR_LIMIT_')
      const scene = sceneOf(action, info?.scene)
      if (lasts) {
        const { ticket, url } = qrCodes.create(scene)
        return { ticket, url }
      }
      // What is too long is cut, what is no time at all counts as none given.
      const life = seconds >= 1 ? Math.min(Math.floor(seconds), LONGEST_LIFE) : USUAL_LIFE
      const { ticket, url } = qrCodes.create(scene, life)
      return { ticket, expire_seconds: life, url }
    }),
  ]
}

type Scene = NonNullable<z.output<typeof body>['action_info']>['scene']

/** @throws {Errcode} 40052 for the action, 40053 for the scene */
function sceneOf(action: string, scene: Scene | undefined): string {
  switch (action) {
    case 'QR_SCENE':
      return number(scene?.scene_id, LAST_OF_TEMPORARY)
    case 'QR_LIMIT_SCENE':
      return number(scene?.scene_id, LAST_OF_GOOD)
    case 'QR_STR_SCENE':
    case 'QR_LIMIT_STR_SCENE': {
      const text = scene?.scene_str ?? ''
      if (text.length < 1 || text.length > 64) throw new Errcode(40053)
      return text
    }
    default:
      throw new Errcode(40052)
  }
}

function number(id: number | undefined, last: number): string {
  if (id === undefined || !Number.isInteger(id) || id < 1 || id > last) throw new Errcode(40053)
  return String(id)
}
