import { z } from 'zod'
import type { Wechat } from '../wechat.ts'

const LONGEST = 30 * 86_400
const MOST_BYTES = 4096

/**
 * Leaves up to 4 KB of text with WeChat, for a key of 15 letters and digits: short enough for a QR code.
 *
 * @param options.expiresIn seconds, at most 2,592,000 (30 days), which is the default
 * @throws {RangeError} more text or a longer life than WeChat takes
 * @see https://developers.weixin.qq.com/doc/service/en/api/qrcode/shorten/api_genshortkey.html
 */
export async function createShortKey(
  wechat: Pick<Wechat, 'api'>,
  text: string,
  { expiresIn = LONGEST }: { expiresIn?: number } = {},
): Promise<string> {
  if (Buffer.byteLength(text) > MOST_BYTES) throw new RangeError(`text must have at most ${MOST_BYTES} bytes`)
  if (!Number.isInteger(expiresIn) || expiresIn < 1 || expiresIn > LONGEST)
    throw new RangeError(`expiresIn must be 1 to ${LONGEST} seconds`)
  const { short_key } = await wechat.api({
    method: 'POST',
    path: '/cgi-bin/shorten/gen',
    body: { long_data: text, expire_seconds: expiresIn },
    schema: z.object({ short_key: z.string().min(1) }),
  })
  return short_key
}

/**
 * Gives back what a key stands for.
 *
 * @returns the text, when it was left in milliseconds since 1970, and how many seconds are left
 * @see https://developers.weixin.qq.com/doc/service/en/api/qrcode/shorten/api_fetchshorten.html
 */
export async function readShortKey(
  wechat: Pick<Wechat, 'api'>,
  key: string,
): Promise<{ text: string; createdAt: number; expiresIn: number }> {
  const answer = await wechat.api({
    method: 'POST',
    path: '/cgi-bin/shorten/fetch',
    body: { short_key: key },
    schema: z.object({ long_data: z.string(), create_time: z.number(), expire_seconds: z.number() }),
  })
  return { text: answer.long_data, createdAt: answer.create_time * 1000, expiresIn: answer.expire_seconds }
}
