import type { Env } from '@app/server/env'
import type { Finding } from './finding.ts'
import { firstBytes, get } from './get.ts'
import { imageSize } from './imageSize.ts'
import type { Say } from './language.ts'

// A chat shows the picture as a square of 200 or so pixels, cut from its middle: our own bounds, WeChat names none.
const SMALLEST = 200
const LONGEST = 2
const MOST = 50
// A JPEG from a camera has a preview before its size.
const HEADER = 256 * 1024

/** Looks at the pictures that cards show: those of the start and of what the sitemap lists, through PUBLIC_URL. */
export async function examinePictures(env: Env, say: Say): Promise<Finding[]> {
  const addresses = await picturesOf(env)
  const findings = await Promise.all(addresses.map((address) => examinePicture(address, say)))
  const bad = findings.filter((finding) => finding !== undefined)
  if (addresses.length === 0 || bad.length > 0) return bad
  const count = addresses.length
  const detail = say(`${count} reachable, and square enough`, `${count} 张可以访问，形状合适`)
  return [{ id: 'pictures', what: say('Pictures of cards', '卡片图片'), state: 'good', detail }]
}

async function picturesOf({ publicUrl }: Env): Promise<string[]> {
  const sitemap = await textOf(`${publicUrl}/sitemap.xml`)
  const listed = [...sitemap.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, address = '']) => plain(address))
  const pages = [...new Set([`${publicUrl}/`, ...listed])].slice(0, MOST)
  const pictures = await Promise.all(pages.map(pictureOf))
  return [...new Set(pictures.filter((address) => URL.canParse(address)))]
}

/** The picture of a page's card: Open Graph names the same one. */
async function pictureOf(page: string): Promise<string> {
  const [, address = ''] = /<meta property="og:image" content="([^"]+)"/.exec(await textOf(page)) ?? []
  return plain(address)
}

async function textOf(address: string): Promise<string> {
  const answer = await get(address)
  return (await answer?.text().catch(() => '')) ?? ''
}

const plain = (html: string): string => html.replaceAll('&amp;', '&')

/** @returns undefined for a good one */
async function examinePicture(address: string, say: Say): Promise<Finding | undefined> {
  const bad = (detail: string, hint: string): Finding => ({
    id: `picture ${address}`,
    what: say('Picture of a card', '卡片图片'),
    state: 'bad',
    detail: `${address} ${detail}`,
    hint,
  })
  const answer = await get(address)
  if (!answer?.ok) {
    return bad(
      answer ? `HTTP ${answer.status}` : say('does not answer', '没有应答'),
      say('WeChat cannot fetch it: the card has no picture.', '微信取不到这张图，卡片没有图片。'),
    )
  }
  const size = imageSize(await firstBytes(answer, HEADER))
  if (!size) {
    return bad(
      say('is no JPEG, PNG, GIF or WebP', '不是 JPEG、PNG、GIF 或 WebP'),
      say(
        'WeChat shows no other kind on a card. JPEG and PNG are safe.',
        '卡片不显示其他格式；用 JPEG 或 PNG 最稳妥。',
      ),
    )
  }
  const [short, long] = [size.width, size.height].sort((a, b) => a - b)
  const pixels = `${size.width} × ${size.height}`
  if (short !== undefined && short < SMALLEST)
    return bad(
      pixels,
      say(`Too small: ${SMALLEST} pixels a side, better 300.`, `太小：边长至少 ${SMALLEST} 像素，最好 300。`),
    )
  if (short && long && long / short > LONGEST) {
    const hint = say(
      'WeChat cuts a square from the middle: most of it is lost.',
      '微信从中间裁出正方形，大部分会被裁掉。',
    )
    return bad(pixels, hint)
  }
  return undefined
}
