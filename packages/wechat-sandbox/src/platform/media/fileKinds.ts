import { Errcode } from '../api/errcode.ts'
import type { UploadedFile } from './fileForm.ts'

interface Format {
  contentType: string
  /** Endings of names; the first is the usual one. */
  endings: string[]
  /** What its bytes begin with, in Latin-1. */
  start: RegExp
}

const FORMATS = {
  jpg: { contentType: 'image/jpeg', endings: ['jpg', 'jpeg'], start: /^\xff\xd8\xff/ },
  png: { contentType: 'image/png', endings: ['png'], start: /^\x89PNG/ },
  gif: { contentType: 'image/gif', endings: ['gif'], start: /^GIF8/ },
  bmp: { contentType: 'image/bmp', endings: ['bmp'], start: /^BM/ },
  webp: { contentType: 'image/webp', endings: ['webp'], start: /^RIFF[^]{4}WEBP/ },
  amr: { contentType: 'audio/amr', endings: ['amr'], start: /^#!AMR/ },
  mp3: { contentType: 'audio/mpeg', endings: ['mp3'], start: /^(ID3|\xff[\xfb\xf3\xf2])/ },
  wav: { contentType: 'audio/wav', endings: ['wav'], start: /^RIFF[^]{4}WAVE/ },
  wma: { contentType: 'audio/x-ms-wma', endings: ['wma'], start: /^\x30\x26\xb2\x75/ },
  mp4: { contentType: 'video/mp4', endings: ['mp4'], start: /^[^]{4}ftyp/ },
} as const satisfies Record<string, Format>

type FormatName = keyof typeof FORMATS

/** What an upload may be: which formats, how many bytes, and the errcode for more. */
interface Kind {
  formats: readonly FormatName[]
  largest: number
  tooLarge: number
}

// 新增临时素材, 上传永久素材. A thumb is a JPG there; PNG is taken as well (believed).
const KINDS = {
  image: { formats: ['jpg', 'png', 'gif', 'bmp'], largest: 10 * 1024 ** 2, tooLarge: 40009 },
  voice: { formats: ['amr', 'mp3', 'wma', 'wav'], largest: 2 * 1024 ** 2, tooLarge: 40010 },
  video: { formats: ['mp4'], largest: 10 * 1024 ** 2, tooLarge: 40011 },
  thumb: { formats: ['jpg', 'png'], largest: 64 * 1024, tooLarge: 40012 },
  /** A picture inside an article (上传图文消息内的图片). */
  articleImage: { formats: ['jpg', 'png'], largest: 1024 ** 2 - 1, tooLarge: 40009 },
} as const satisfies Record<string, Kind>

export type FileKind = keyof typeof KINDS

/**
 * Holds an upload against what its kind may be. Which format it has is told by its first bytes, or else by what the
 * sender says of it.
 *
 * @throws {Errcode} 40005 for a format, 40009 to 40012 for a size
 */
export function checkFile({ name, contentType, bytes }: UploadedFile, kind: FileKind) {
  const { formats, largest, tooLarge }: Kind = KINDS[kind]
  const start = bytes.toString('latin1', 0, 16)
  const ending = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
  const format =
    formatWhere((one) => one.start.test(start)) ??
    formatWhere((one) => one.contentType === contentType) ??
    formatWhere((one) => one.endings.includes(ending))
  if (!format || !formats.includes(format)) throw new Errcode(40005)
  if (bytes.length > largest) throw new Errcode(tooLarge)
  return { contentType: FORMATS[format].contentType, bytes }
}

/** How a downloaded file of this type is called at its end. */
export function endingOf(contentType: string): string {
  return formatWhere((one) => one.contentType === contentType) ?? 'bin'
}

function formatWhere(test: (format: Format) => boolean): FormatName | undefined {
  const names = Object.keys(FORMATS) as FormatName[]
  return names.find((name) => test(FORMATS[name]))
}
