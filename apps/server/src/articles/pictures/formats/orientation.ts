// How a phone's picture is to be turned: in TIFF inside of Exif, where the first directory holds it.
// https://www.cipa.jp/std/documents/e/DC-008-Translation-2019-E.pdf

const ORIENTATION = 0x0112

/** How a JPEG's segment says that it is to be turned, 1 to 8; undefined where it says nothing of it. */
export function orientationOf(segment: Buffer): number | undefined {
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

/** A segment that says how to turn the picture, and nothing else. */
export function orientationSegment(value: number): Buffer {
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
