import type { Picture } from '../picture.ts'
import { broken, LARGEST_PROFILE, part, type PictureFormat, type Size } from './format.ts'
import { orientationOf, orientationSegment } from './orientation.ts'

/** ITU-T T.81, annex B. */
export const jpeg: PictureFormat = {
  begins: (bytes) => bytes[0] === 0xff && bytes[1] === 0xd8,
  read: readJpeg,
}

const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xc2 // baseline, extended, progressive
const DRAWS = new Set([0xc4, 0xdb, 0xdd]) // tables and restart interval

function readJpeg(bytes: Buffer): Picture {
  const kept: Buffer[] = [bytes.subarray(0, 2)]
  let size: Size | undefined
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
