export type PictureType = 'image/jpeg' | 'image/png' | 'image/webp'

/** A picture that may be kept: nothing but what draws it. Where it was taken, by what and when is gone. */
export interface Picture {
  type: PictureType
  bytes: Uint8Array
  width: number
  height: number
}

/** What was sent is no picture that may be kept. */
export class PictureRefused extends Error {
  override readonly name = 'PictureRefused'
  readonly code: 'no_picture' | 'picture_broken' | 'picture_too_large' | 'picture_moves'

  constructor(code: PictureRefused['code']) {
    super(WORDS[code][1])
    this.code = code
  }

  /** The reason for the person who sent it. */
  explain(language: string): string {
    const [zh, en] = WORDS[this.code]
    return language.startsWith('zh') ? zh : en
  }
}

export const LARGEST_FILE = 10_000_000 // bytes, as WeChat's own limit

const WORDS: Record<PictureRefused['code'], [zh: string, en: string]> = {
  no_picture: ['请选择 JPEG、PNG 或 WebP 格式的图片', 'Please choose a picture: JPEG, PNG or WebP'],
  picture_broken: ['这张图片已损坏，请换一张', 'This picture is damaged. Please choose another one'],
  picture_too_large: [
    '图片太大：不超过 10 MB、5000 万像素',
    'This picture is too large: at most 10 MB and 50 million pixels',
  ],
  picture_moves: [
    '不支持动图，请换一张静态图片',
    'Pictures that move are not taken. Please choose another one',
  ],
}
