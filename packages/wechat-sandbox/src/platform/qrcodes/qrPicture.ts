import { encode } from 'uqr'
import { png } from '../../png.ts'

// 通过ticket换取二维码 gives a picture of 430 pixels.
const SIDE = 430
const QUIET = 4 // modules of white around a code, as its standard wants

/** A QR code as PNG, as large as WeChat's. */
export function qrPicture(text: string): Buffer {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET })
  const module = Math.floor(SIDE / size)
  const margin = Math.floor((SIDE - module * size) / 2)
  const isDark = (x: number, y: number) =>
    data[Math.floor((y - margin) / module)]?.[Math.floor((x - margin) / module)] ?? false
  return png({ width: SIDE, height: SIDE, pixels: 'grey' }, (x, y) => [isDark(x, y) ? 0 : 255])
}
