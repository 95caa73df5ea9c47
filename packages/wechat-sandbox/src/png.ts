import { crc32, deflateSync } from 'node:zlib'

/** What a pixel of a picture is made of, with PNG's number for it and how many bytes it takes. */
const PIXELS = { grey: { type: 0, bytes: 1 }, rgb: { type: 2, bytes: 3 } } as const

/**
 * A picture as PNG.
 *
 * @param pixelAt the bytes of a pixel: one where it is grey, three where it is coloured
 */
export function png(
  { width, height, pixels }: { width: number; height: number; pixels: keyof typeof PIXELS },
  pixelAt: (x: number, y: number) => ArrayLike<number>,
): Buffer {
  const { type, bytes } = PIXELS[pixels]
  const rowLength = 1 + width * bytes // each row starts with its filter: 0, none
  const rows = Buffer.alloc(height * rowLength)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) rows.set(pixelAt(x, y), y * rowLength + 1 + x * bytes)
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, type, 0, 0, 0], 8) // 8 bits each, no interlacing
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const parts = [chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]
  return Buffer.concat([signature, ...parts])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const whole = Buffer.alloc(body.length + 8)
  whole.writeUInt32BE(data.length, 0)
  whole.set(body, 4)
  whole.writeUInt32BE(crc32(body), body.length + 4)
  return whole
}
