import { expect, it } from 'vitest'
import { imageSize } from './imageSize.ts'

const SIZE = { width: 300, height: 157 }
const RIFF = '52494646c400000057454250'

// The first bytes of pictures of 300 by 157 pixels, as Chromium writes them; of the GIF, as its specification says.
it.each([
  ['PNG', '89504e470d0a1a0a0000000d494844520000012c0000009d0806'],
  ['GIF', '4749463839612c019d00f00000'],
  ['WebP, lossy', `${RIFF}56503820b6000000d00d009d012a2c019d003f71`],
  ['WebP, lossless', `${RIFF}5650384c0f0000002f2b0127000710fd8ffe0722`],
  ['WebP, extended', `${RIFF}565038580a000000200000002b01009c00004943`],
  // A segment of its own before the frame, and a table between.
  ['JPEG', 'ffd8ffe0000400aaffc4000300ffc20011080 09d012c03012200'.replace(' ', '')],
])('reads the size of a %s', (_name, hex) => {
  expect(imageSize(Buffer.from(hex, 'hex'))).toEqual(SIZE)
})

it('reads that of a JPEG as a browser writes it: with a colour profile and two tables before the frame', () => {
  const segment = (marker: string, length: number) =>
    `ff${marker}${(length + 2).toString(16).padStart(4, '0')}${'00'.repeat(length)}`
  const head = `ffd8${segment('e0', 14)}${segment('e2', 470)}${segment('db', 65)}${segment('db', 65)}`
  const frame = 'ffc000110802a304b003012200021101031101'
  expect(imageSize(Buffer.from(head + frame, 'hex'))).toEqual({ width: 1200, height: 675 })
})

it.each([
  ['nothing', ''],
  ['a PNG that is cut off', '89504e470d0a1a0a0000000d'],
  ['a JPEG that is cut off', 'ffd8ffe00400'],
  ['a JPEG with segments of no length', 'ffd8ffe00000ffe00000'],
  ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>').toString('hex')],
  ['HTML', Buffer.from('<!doctype html><html>').toString('hex')],
])('knows none of %s', (_name, hex) => {
  expect(imageSize(Buffer.from(hex, 'hex'))).toBeUndefined()
})
