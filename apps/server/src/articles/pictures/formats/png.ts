import { crc32 } from 'node:zlib'
import { PictureRefused, type Picture } from '../picture.ts'
import { broken, LARGEST_PROFILE, part, type PictureFormat, type Size } from './format.ts'

/** https://www.w3.org/TR/png-3/ */
export const png: PictureFormat = {
  begins: (bytes) => bytes.subarray(0, 8).equals(SIGN),
  read: readPng,
}

const SIGN = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const DRAWS = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'sBIT', 'pHYs'])

function readPng(bytes: Buffer): Picture {
  const kept: Buffer[] = [SIGN]
  let size: Size | undefined
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
    if (DRAWS.has(name) || (name === 'iCCP' && length <= LARGEST_PROFILE)) kept.push(chunk)
    if (name === 'IEND') break
  }
  if (!size || !hasData) throw broken()
  return { type: 'image/png', bytes: Buffer.concat(kept), ...size }
}
