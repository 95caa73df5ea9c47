import { z } from 'zod'
import type { Wechat } from '../wechat.ts'

export interface QrCodeInput {
  /**
   * What comes back in the `subscribe` or `SCAN` event: 1 to 64 characters, or a number of at most 32 bits, for a
   * permanent code from 1 to 100,000.
   */
  scene: number | string
  /** Seconds, at most 2,592,000 (30 days); `never` makes one of the account's 100,000 permanent codes. */
  expiresIn: number | 'never'
}

export interface QrCode {
  /** Exchanged for the picture; it is in the event as well. */
  ticket: string
  /** Address of the picture, for an `<img>`. */
  imageUrl: string
  /** What the code says, for a site that draws it itself. */
  url: string
  /** Seconds; undefined for a permanent code. */
  expiresIn: number | undefined
}

const schema = z.object({
  ticket: z.string().min(1),
  url: z.string(),
  expire_seconds: z.number().optional(),
})
const LONGEST = 30 * 86_400

/**
 * Makes a QR code that leads to the account and tells which code it was.
 *
 * @throws {RangeError} a scene or a life that WeChat does not take
 * @see https://developers.weixin.qq.com/doc/service/en/api/qrcode/qrcodes/api_createqrcode.html
 */
export async function createQrCode(wechat: Pick<Wechat, 'api'>, input: QrCodeInput): Promise<QrCode> {
  const { scene, expiresIn } = input
  checkScene(scene, expiresIn === 'never' ? 100_000 : 2 ** 32 - 1)
  if (expiresIn !== 'never' && !(Number.isInteger(expiresIn) && expiresIn >= 1 && expiresIn <= LONGEST))
    throw new RangeError(`expiresIn must be 1 to ${LONGEST} seconds, or never`)
  const kind = typeof scene === 'number' ? 'SCENE' : 'STR_SCENE'
  const answer = await wechat.api({
    method: 'POST',
    path: '/cgi-bin/qrcode/create',
    body: {
      action_name: expiresIn === 'never' ? `QR_LIMIT_${kind}` : `QR_${kind}`,
      ...(expiresIn === 'never' ? {} : { expire_seconds: expiresIn }),
      action_info: { scene: typeof scene === 'number' ? { scene_id: scene } : { scene_str: scene } },
    },
    schema,
  })
  return {
    ticket: answer.ticket,
    imageUrl: `https://mp.weixin.qq.com/cgi-bin/showqrcode?ticket=${encodeURIComponent(answer.ticket)}`,
    url: answer.url,
    expiresIn: expiresIn === 'never' ? undefined : (answer.expire_seconds ?? expiresIn),
  }
}

function checkScene(scene: number | string, largest: number): void {
  if (typeof scene === 'string') {
    if (scene.length < 1 || scene.length > 64) throw new RangeError('scene must have 1 to 64 characters')
  } else if (!Number.isInteger(scene) || scene < 1 || scene > largest) {
    throw new RangeError(`scene must be text, or a whole number from 1 to ${largest}`)
  }
}
