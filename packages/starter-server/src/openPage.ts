import { brotliCompressSync, constants, crc32, deflateRawSync } from 'node:zlib'

/** How an answer is packed: the names that HTTP has for it. The best one is first. */
export const CODINGS = ['br', 'gzip', 'identity'] as const
export type Coding = (typeof CODINGS)[number]

/** The bytes of a page with this end: two parts, which are sent one after the other. */
export type OpenPage = (end: Buffer, coding: Coding) => [start: Buffer, rest: Buffer]

/**
 * A page that only ends differently at each visit. Its start is packed once, when it is first asked for; the end follows
 * as it is, which both formats allow. So a visit costs neither time for packing nor memory for the result.
 *
 * @example const page = openPage('<!doctype html>…'); page(Buffer.from('…</html>'), 'gzip')
 */
export function openPage(start: string): OpenPage {
  const plain = Buffer.from(start)
  let brotli: Buffer | undefined
  let gzip: { start: Buffer; crc: number } | undefined

  return (end, coding) => {
    if (coding === 'identity') return [plain, end]
    if (coding === 'br') {
      brotli ??= brotliCompressSync(plain, BROTLI)
      return [brotli, Buffer.concat([...piecesOf(end).flatMap(inBrotli), BROTLI_END])]
    }
    gzip ??= { start: Buffer.concat([GZIP_START, deflateRawSync(plain, DEFLATE)]), crc: crc32(plain) }
    const check = Buffer.allocUnsafe(8)
    check.writeUInt32LE(crc32(end, gzip.crc), 0)
    check.writeUInt32LE((plain.length + end.length) % 2 ** 32, 4)
    return [gzip.start, Buffer.concat([...piecesOf(end).flatMap(inDeflate), DEFLATE_END, check])]
  }
}

// Both flush: what follows begins with a whole byte. Slower settings save less than a hundredth of a page.
const DEFLATE = { level: 9, finishFlush: constants.Z_SYNC_FLUSH }
const BROTLI = {
  params: { [constants.BROTLI_PARAM_QUALITY]: 9 },
  finishFlush: constants.BROTLI_OPERATION_FLUSH,
}

// RFC 1952, 2.3: the two magic bytes, deflate, no flags, no time, no hints, no system.
const GZIP_START = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff])
// RFC 1951, 3.2.3: the last block, with fixed codes and nothing but its end.
const DEFLATE_END = Buffer.from([0x03, 0x00])
// RFC 7932, 9.2: the last meta-block, which is empty.
const BROTLI_END = Buffer.from([0x03])

const LONGEST_PIECE = 65_535 // bytes that fit into a block as they are

function piecesOf(end: Buffer): Buffer[] {
  const pieces: Buffer[] = []
  for (let at = 0; at < end.length; at += LONGEST_PIECE) pieces.push(end.subarray(at, at + LONGEST_PIECE))
  return pieces
}

// RFC 1951, 3.2.4: three bits for "not the last one, as it is", padding, the length and its complement.
function inDeflate(piece: Buffer): Buffer[] {
  const head = Buffer.allocUnsafe(5)
  head[0] = 0
  head.writeUInt16LE(piece.length, 1)
  head.writeUInt16LE(~piece.length & 0xffff, 3)
  return [head, piece]
}

// RFC 7932, 9.2: not the last one (1 bit), a length of 4 nibbles (2 bits), the length less one (16), as it is (1), padding.
function inBrotli(piece: Buffer): Buffer[] {
  const head = Buffer.allocUnsafe(3)
  head.writeUIntLE(((piece.length - 1) << 3) | (1 << 19), 0, 3)
  return [head, piece]
}
