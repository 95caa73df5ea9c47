/** Pixels. */
export interface ImageSize {
  width: number
  height: number
}

/** The size that the header of a PNG, GIF, WebP or JPEG names; undefined for anything else, or too few bytes. */
export function imageSize(bytes: Uint8Array): ImageSize | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    const start = Buffer.from(bytes.subarray(0, 16)).toString('latin1')
    if (start.startsWith('\x89PNG')) return { width: view.getUint32(16), height: view.getUint32(20) }
    if (start.startsWith('GIF8')) return { width: view.getUint16(6, true), height: view.getUint16(8, true) }
    if (start.startsWith('RIFF') && start.startsWith('WEBP', 8)) return webpSize(view, start.slice(12))
    if (start.startsWith('\xff\xd8')) return jpegSize(view)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error // the header is longer than what was read
  }
  return undefined
}

function webpSize(view: DataView, kind: string): ImageSize | undefined {
  const uint24 = (at: number) => view.getUint16(at, true) + view.getUint8(at + 2) * 65_536
  if (kind === 'VP8X') return { width: uint24(24) + 1, height: uint24(27) + 1 }
  if (kind === 'VP8 ')
    return { width: view.getUint16(26, true) % 16_384, height: view.getUint16(28, true) % 16_384 }
  if (kind !== 'VP8L') return undefined
  const packed = view.getUint32(21, true) // 14 bits each, less one
  return { width: (packed % 16_384) + 1, height: (Math.floor(packed / 16_384) % 16_384) + 1 }
}

// A JPEG is a row of segments, each with its length; the size is in the "start of frame".
function jpegSize(view: DataView): ImageSize | undefined {
  for (let at = 2; view.getUint8(at) === 0xff; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint8(at + 1)
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
  }
  return undefined
}
