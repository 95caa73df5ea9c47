import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { LARGEST_FILE, PictureRefused } from './picture.ts'
import { readPicture } from './readPicture.ts'

const jpeg = readFileSync(join(import.meta.dirname, '../../../../web/public/covers/default.jpg'))
const png = pngOf(4, 3)
const webp = Buffer.from('UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoBAAEAAwA0JaQAA3AA/vuUAAA=', 'base64')
const SCRIPT = '<script>alert(1)</script>'

const codeOf = (file: Uint8Array) => {
  try {
    readPicture(file)
    return 'taken'
  } catch (error) {
    if (error instanceof PictureRefused) return error.code
    throw error
  }
}

describe('by its content', () => {
  it.each([
    ['JPEG', jpeg, { type: 'image/jpeg', width: 1200, height: 675 }],
    ['PNG', png, { type: 'image/png', width: 4, height: 3 }],
    ['WebP', webp, { type: 'image/webp', width: 1, height: 1 }],
  ])('%s', (_name, file, expected) => {
    const picture = readPicture(file)
    expect(picture).toMatchObject(expected)
    expect(readPicture(picture.bytes)).toEqual(picture) // nothing is lost the second time
  })

  it.each([
    ['a page', Buffer.from(`<!doctype html>${SCRIPT}`)],
    ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['nothing', Buffer.alloc(0)],
    ['GIF', Buffer.from('GIF89a\x01\0\x01\0\0\0\0;', 'latin1')],
    ['a program', Buffer.from('MZ\x90\0', 'latin1')],
  ])('%s is no picture', (_name, file) => expect(codeOf(file)).toBe('no_picture'))
})

describe('what does not draw it is gone', () => {
  it('from a JPEG: place, comment, and the page behind its end; how it is turned stays', () => {
    const exif = exifOf(6)
    const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, SCRIPT.length + 2]), Buffer.from(SCRIPT)])
    const file = Buffer.concat([jpeg.subarray(0, 2), exif, comment, jpeg.subarray(2), Buffer.from(SCRIPT)])
    const { bytes } = readPicture(file)
    const text = Buffer.from(bytes).toString('latin1')
    expect(text).not.toContain('<script')
    expect(text).not.toContain('GPS 31.2304')
    expect(Buffer.from(bytes).includes(Buffer.from([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6]))).toBe(true)
    expect(codeOf(bytes)).toBe('taken')
  })

  it('from a JPEG: a small picture of another, and what hides behind a colour’s name', () => {
    const jfif = segment(0xe0, Buffer.from(`JFIF\0\x01\x02\0\0\x01\0\x01\x09\x09${SCRIPT}`, 'latin1'))
    const adobe = segment(0xee, Buffer.from(`Adobe\0\x64\0\0\0\0\x01${SCRIPT}`, 'latin1'))
    const { bytes } = readPicture(Buffer.concat([jpeg.subarray(0, 2), jfif, adobe, jpeg.subarray(2)]))
    const text = Buffer.from(bytes).toString('latin1')
    expect(text).not.toContain('<script')
    expect(text).toContain(
      '\xff\xe0\0\x10JFIF\0\x01\x02\0\0\x01\0\x01\0\0\xff\xee\0\x0eAdobe\0\x64\0\0\0\0\x01\xff',
    )
  })

  it('from a PNG: texts, Exif, and what follows', () => {
    const file = Buffer.concat([
      png.subarray(0, 33),
      chunk('tEXt', Buffer.from(SCRIPT)),
      png.subarray(33),
      Buffer.from(SCRIPT),
    ])
    expect(Buffer.from(readPicture(file).bytes).equals(png)).toBe(true)
  })

  it('from a WebP: Exif behind the picture', () => {
    const exif = Buffer.concat([Buffer.from('EXIF'), Buffer.from([8, 0, 0, 0]), Buffer.from('GPS 31.2')])
    const file = Buffer.concat([webp, exif])
    file.writeUInt32LE(file.length - 8, 4)
    expect(Buffer.from(readPicture(file).bytes).equals(webp)).toBe(true)
  })
})

describe('refused', () => {
  it('a bomb: a small file of very many pixels', () => {
    expect(codeOf(pngOf(30_000, 30_000))).toBe('picture_too_large')
    expect(codeOf(pngOf(11_000, 11_000))).toBe('picture_too_large')
  })
  it('a WebP whose head names a smaller picture than it holds', () => {
    const head = Buffer.alloc(18)
    head.write('VP8X')
    head.writeUInt32LE(10, 4)
    const data = Buffer.from(webp.subarray(12))
    data.writeUInt16LE(16_000, 14)
    const file = Buffer.concat([webp.subarray(0, 12), head, data])
    file.writeUInt32LE(file.length - 8, 4)
    expect(codeOf(file)).toBe('picture_broken')
  })
  it('a file over the limit', () =>
    expect(codeOf(Buffer.alloc(LARGEST_FILE + 1, 0xff))).toBe('picture_too_large'))
  it('one that moves', () => {
    const moving = Buffer.concat([png.subarray(0, 33), chunk('acTL', Buffer.alloc(8)), png.subarray(33)])
    expect(codeOf(moving)).toBe('picture_moves')
  })
  it('one that ends too early', () => {
    for (const file of [jpeg, png, webp])
      expect(codeOf(file.subarray(0, file.length - 20))).toBe('picture_broken')
  })
  it('one without size', () => expect(codeOf(pngOf(0, 3))).toBe('picture_broken'))
  it('says why in the reader’s language', () => {
    expect(new PictureRefused('picture_moves').explain('zh-CN')).toContain('动图')
    expect(new PictureRefused('picture_moves').explain('en')).toContain('move')
  })
})

it('5,000 files with something changed: a picture or a refusal, never anything else', () => {
  let state = 11
  const random = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return Math.floor((state / 4_294_967_296) * below)
  }
  const small = [readPicture(jpeg.subarray()).bytes, png, webp].map((one) => Buffer.from(one))
  const outcomes = new Set<string>()
  for (let n = 0; n < 5000; n++) {
    const file = Buffer.from(small[n % 3] ?? png)
    for (let changes = 1 + random(4); changes > 0; changes--)
      file[random(Math.min(file.length, 800))] = random(256)
    outcomes.add(codeOf(random(5) === 0 ? file.subarray(0, random(file.length)) : file))
  }
  expect([...outcomes].sort()).toEqual(expect.arrayContaining(['picture_broken', 'taken']))
})

function segment(marker: number, body: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

function pngOf(width: number, height: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.writeUInt8(8, 8) // bits, grey
  const rows = Buffer.alloc(Math.min(width + 1, 100) * Math.min(height, 100))
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    ...[chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))],
  ])
}

/** Little-endian, as most phones write it, with a place in it. */
function exifOf(orientation: number): Buffer {
  const place = 'GPS 31.2304'
  const tiff = Buffer.alloc(8 + 2 + 12 + 4)
  tiff.write('II*\0', 0, 'latin1')
  tiff.writeUInt32LE(8, 4)
  tiff.writeUInt16LE(1, 8)
  tiff.writeUInt16LE(0x0112, 10)
  tiff.writeUInt16LE(3, 12)
  tiff.writeUInt32LE(1, 14)
  tiff.writeUInt16LE(orientation, 18)
  return segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), tiff, Buffer.from(place)]))
}
