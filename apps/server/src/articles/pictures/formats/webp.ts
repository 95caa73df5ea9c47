import { PictureRefused, type Picture } from '../picture.ts'
import { broken, LARGEST_PROFILE, part, type PictureFormat, type Size } from './format.ts'

/** https://developers.google.com/speed/webp/docs/riff_container */
export const webp: PictureFormat = {
  begins: (bytes) => bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP',
  read: readWebp,
}

const MOVES = 0x02
const HAS_EXIF_OR_XMP = 0x0c
const HAS_PROFILE = 0x20

function readWebp(bytes: Buffer): Picture {
  const kept: Buffer[] = []
  let canvas: Size | undefined
  let size: Size | undefined
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
