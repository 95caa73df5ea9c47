import { crc32 } from 'node:zlib'

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
const LARGEST_SIDE = 12_000 // pixels
const MOST_PIXELS = 50_000_000
const LARGEST_PROFILE = 20_000 // bytes: what a colour profile may hold, packed

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

/**
 * Reads a picture by its content, whatever it is called, and writes it again without what does not draw it: places,
 * times, comments, and whatever follows its end.
 *
 * @throws {PictureRefused}
 */
export function readPicture(file: Uint8Array): Picture {
  if (file.length > LARGEST_FILE) throw new PictureRefused('picture_too_large')
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.length)
  const read = READERS.find(({ begins }) => begins(bytes))
  if (!read) throw new PictureRefused('no_picture')
  let picture: Picture
  try {
    picture = read.read(bytes)
  } catch (error) {
    // A file that ends too early, or has lengths that lead out of it.
    if (error instanceof RangeError) throw new PictureRefused('picture_broken')
    throw error
  }
  const { width, height } = picture
  if (width < 1 || height < 1) throw new PictureRefused('picture_broken')
  if (width > LARGEST_SIDE || height > LARGEST_SIDE || width * height > MOST_PIXELS)
    throw new PictureRefused('picture_too_large')
  return picture
}

const READERS = [
  { begins: (bytes: Buffer) => bytes[0] === 0xff && bytes[1] === 0xd8, read: readJpeg },
  { begins: (bytes: Buffer) => bytes.subarray(0, 8).equals(PNG_SIGN), read: readPng },
  {
    begins: (bytes: Buffer) =>
      bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP',
    read: readWebp,
  },
]

const broken = () => new PictureRefused('picture_broken')
const part = (bytes: Buffer, from: number, to: number): Buffer => {
  if (from > to || to > bytes.length) throw broken()
  return bytes.subarray(from, to)
}

// ---- JPEG: ITU-T T.81, annex B

const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xc2 // baseline, extended, progressive
const DRAWS = new Set([0xc4, 0xdb, 0xdd]) // tables and restart interval

function readJpeg(bytes: Buffer): Picture {
  const kept: Buffer[] = [bytes.subarray(0, 2)]
  let size: { width: number; height: number } | undefined
  let turned = 1
  let scans = 0
  for (let at = 2; ;) {
    if (bytes.readUInt8(at) !== 0xff) throw broken()
    const marker = bytes.readUInt8(at + 1)
    if (marker === 0xff) {
      at++ // filling
      continue
    }
    if (marker === 0xd9) break
    const end = at + 2 + bytes.readUInt16BE(at + 2)
    const segment = part(bytes, at, end)
    at = end
    if (marker === 0xda) {
      if (!size || ++scans > 100) throw broken()
      at = endOfScan(bytes, end)
      kept.push(segment, bytes.subarray(end, at))
    } else if (isFrame(marker)) {
      if (size) throw broken()
      size = { height: segment.readUInt16BE(5), width: segment.readUInt16BE(7) }
      kept.push(segment)
    } else if (DRAWS.has(marker)) kept.push(segment)
    else if (isColour(marker, segment)) kept.push(withoutMore(marker, segment))
    else if (marker === 0xe1) turned = orientationOf(segment) ?? turned
  }
  if (!size || scans === 0) throw broken()
  // Phones keep a picture as the sensor lies, and say how to turn it: that is a part of how it looks.
  if (turned !== 1) kept.splice(1, 0, orientationSegment(turned))
  kept.push(Buffer.from([0xff, 0xd9]))
  return { type: 'image/jpeg', bytes: Buffer.concat(kept), ...size }
}

function endOfScan(bytes: Buffer, from: number): number {
  for (let at = from; ;) {
    at = bytes.indexOf(0xff, at)
    if (at < 0 || at + 1 >= bytes.length) throw broken()
    const next = bytes.readUInt8(at + 1)
    if (next !== 0 && !(next >= 0xd0 && next <= 0xd7)) return at
    at += 2
  }
}

function isColour(marker: number, segment: Buffer): boolean {
  const name = segment.toString('latin1', 4, 16)
  if (marker === 0xe0) return name.startsWith('JFIF\0')
  if (marker === 0xe2) return name === 'ICC_PROFILE\0' && segment.length <= LARGEST_PROFILE
  return marker === 0xee && name.startsWith('Adobe')
}

// How many bytes the two that have a fixed form take. JFIF may go on with a small picture, perhaps of what was cut away.
const LENGTHS = new Map([
  [0xe0, 18],
  [0xee, 16],
])

function withoutMore(marker: number, segment: Buffer): Buffer {
  const short = Buffer.from(segment.subarray(0, LENGTHS.get(marker)))
  short.writeUInt16BE(short.length - 2, 2)
  if (marker === 0xe0) short.writeUInt16BE(0, 16) // the small picture's size
  return short
}

const ORIENTATION = 0x0112

// TIFF inside of Exif: the first directory holds it. https://www.cipa.jp/std/documents/e/DC-008-Translation-2019-E.pdf
function orientationOf(segment: Buffer): number | undefined {
  if (segment.toString('latin1', 4, 10) !== 'Exif\0\0') return undefined
  const tiff = segment.subarray(10)
  const little = tiff.toString('latin1', 0, 2) === 'II'
  const two = (at: number) =>
    at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at)
  if (tiff.length < 8) return undefined
  const directory = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  const entries = Math.min(two(directory), 100)
  for (let n = 0; n < entries; n++) {
    const at = directory + 2 + n * 12
    if (two(at) !== ORIENTATION) continue
    const value = two(at + 8)
    return value >= 1 && value <= 8 ? value : undefined
  }
  return undefined
}

function orientationSegment(value: number): Buffer {
  const segment = Buffer.alloc(36)
  segment.writeUInt16BE(0xffe1, 0)
  segment.writeUInt16BE(34, 2)
  segment.write('Exif\0\0MM\0*', 4, 'latin1')
  segment.writeUInt32BE(8, 14) // the directory follows at once
  segment.writeUInt16BE(1, 18) // one entry
  segment.writeUInt16BE(ORIENTATION, 20)
  segment.writeUInt16BE(3, 22) // a short
  segment.writeUInt32BE(1, 24)
  segment.writeUInt16BE(value, 28)
  return segment
}

// ---- PNG: https://www.w3.org/TR/png-3/

const PNG_SIGN = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const PNG_DRAWS = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'sBIT', 'pHYs'])

function readPng(bytes: Buffer): Picture {
  const kept: Buffer[] = [PNG_SIGN]
  let size: { width: number; height: number } | undefined
  let hasData = false
  for (let at = 8; ;) {
    const length = bytes.readUInt32BE(at)
    const name = bytes.toString('latin1', at + 4, at + 8)
    const chunk = part(bytes, at, at + 12 + length)
    at += chunk.length
    if (chunk.readUInt32BE(8 + length) !== crc32(chunk.subarray(4, 8 + length))) throw broken()
    if ((name === 'IHDR') !== (size === undefined)) throw broken() // the first, and the only one
    if (name === 'IHDR') size = { width: chunk.readUInt32BE(8), height: chunk.readUInt32BE(12) }
    if (name === 'acTL') throw new PictureRefused('picture_moves')
    hasData ||= name === 'IDAT' && length > 0
    if (PNG_DRAWS.has(name) || (name === 'iCCP' && length <= LARGEST_PROFILE)) kept.push(chunk)
    if (name === 'IEND') break
  }
  if (!size || !hasData) throw broken()
  return { type: 'image/png', bytes: Buffer.concat(kept), ...size }
}

// ---- WebP: https://developers.google.com/speed/webp/docs/riff_container

const MOVES = 0x02
const HAS_EXIF_OR_XMP = 0x0c
const HAS_PROFILE = 0x20

function readWebp(bytes: Buffer): Picture {
  const kept: Buffer[] = []
  let canvas: { width: number; height: number } | undefined
  let size: { width: number; height: number } | undefined
  const end = 8 + bytes.readUInt32LE(4)
  if (end > bytes.length) throw broken()
  let hasData = false
  for (let at = 12; at + 8 <= end && !hasData;) {
    const name = bytes.toString('latin1', at, at + 4)
    const length = bytes.readUInt32LE(at + 4)
    const chunk = Buffer.from(part(bytes, at, at + 8 + length + (length % 2)))
    at += chunk.length
    if (name === 'ANIM' || name === 'ANMF') throw new PictureRefused('picture_moves')
    if (name === 'VP8X') {
      const flags = chunk.readUInt8(8)
      if (flags & MOVES) throw new PictureRefused('picture_moves')
      chunk.writeUInt8(flags & ~HAS_EXIF_OR_XMP, 8)
      canvas = { width: chunk.readUIntLE(12, 3) + 1, height: chunk.readUIntLE(15, 3) + 1 }
    } else if (name === 'VP8 ')
      size = { width: chunk.readUInt16LE(14) & 0x3fff, height: chunk.readUInt16LE(16) & 0x3fff }
    else if (name === 'VP8L') {
      const bits = chunk.readUInt32LE(9)
      size = { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
    }
    hasData = name === 'VP8 ' || name === 'VP8L'
    if (name === 'ICCP' && length > LARGEST_PROFILE) {
      kept[0]?.writeUInt8(kept[0].readUInt8(8) & ~HAS_PROFILE, 8)
      continue
    }
    if (hasData || name === 'VP8X' || name === 'ALPH' || name === 'ICCP') kept.push(chunk)
  }
  if (!size || !hasData) throw broken()
  if (canvas && (canvas.width !== size.width || canvas.height !== size.height)) throw broken()
  const body = Buffer.concat(kept)
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1')
  head.writeUInt32LE(body.length + 4, 4)
  return { type: 'image/webp', bytes: Buffer.concat([head, body]), ...size }
}
