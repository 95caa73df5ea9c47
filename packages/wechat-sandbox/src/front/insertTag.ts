import { Transform } from 'node:stream'

/** A head or html tag that is longer than this is none. */
const LONGEST_TAG = 16_384

/**
 * Puts a tag where a page's first script would run, and passes everything else on byte for byte, as it comes. That is
 * after `<head>` where the page has one, and before the first thing that a browser would open a head for otherwise.
 *
 * Encodings of China and Japan (GBK, Big5, Shift_JIS) use no byte below 0x40 but as ASCII, so `<` and `>` are what they
 * seem to be; UTF-16 is known by its first two bytes.
 */
export function insertTag(tag: string): Transform {
  let waiting = Buffer.alloc(0)
  let scan: Scan | undefined
  let done = false

  return new Transform({
    transform(chunk: Buffer, _encoding, next) {
      if (done) return next(null, chunk)
      waiting = Buffer.concat([waiting, chunk])
      if (waiting.length < 2) return next()
      scan ??= scanOf(waiting)
      next(null, advance(scan, false))
    },
    flush(next) {
      if (done || waiting.length === 0) return next()
      next(null, advance(scan ?? scanOf(waiting), true))
    },
  })

  /** What of the waiting bytes can go on now. */
  function advance(how: Scan, isEnd: boolean): Buffer {
    const text = waiting.toString(how.encoding)
    const { length, place } = passOver(text, how, isEnd)
    const passed = waiting.subarray(0, length * how.width)
    waiting = waiting.subarray(length * how.width)
    if (place === 'further on') return isEnd ? Buffer.concat([passed, waiting]) : passed
    done = true
    return Buffer.concat([passed, Buffer.from(tag, how.encoding), waiting])
  }
}

interface Scan {
  encoding: 'latin1' | 'utf16le'
  /** Bytes a character. */
  width: 1 | 2
  /** A comment is open: what it says is passed over. */
  inComment: boolean
}

function scanOf(start: Buffer): Scan {
  const isUtf16 = start[0] === 0xff && start[1] === 0xfe
  const encoding = isUtf16 ? 'utf16le' : 'latin1'
  return { encoding, width: isUtf16 ? 2 : 1, inComment: false }
}

const SPACE = /^[\t\n\f\r ]+/
const MARKS = ['\ufeff', '\xef\xbb\xbf'] // of UTF-16, and of UTF-8 read as single bytes
const EMPTY_COMMENT = /^<!--?-?>/
const COMMENT_END = /--!?>/
// A doctype, or what browsers take for a comment: <?xml …?>.
const DECLARATION = /^<[!?][^>]*>/
const TAG = /^<(html|head)(?=[\s/>])(?:[^"'>]|"[^"]*"|'[^']*')*>/i
const OPEN_TAG = /^<(?:[!?]|html[\s/]|head[\s/])/i
/** What decides; while there is only the start of one, nothing is decided. */
const DECIDING = ['<html>', '<head>', '<!-->', '<!--->', ...MARKS]

/** How many characters come before the place, as far as that can be told from the text. */
function passOver(
  text: string,
  scan: Scan,
  isEnd: boolean,
): { length: number; place: 'here' | 'further on' } {
  let at = 0
  for (;;) {
    if (scan.inComment) {
      const end = COMMENT_END.exec(text.slice(at))
      // Three characters may be the start of its end.
      if (!end) return { length: Math.max(at, text.length - 3), place: 'further on' }
      at += end.index + end[0].length
      scan.inComment = false
    }
    at += SPACE.exec(text.slice(at))?.[0].length ?? 0
    const next = text.slice(at)
    if (!isEnd && DECIDING.some((whole) => whole.startsWith(next.toLowerCase())) && !next.endsWith('>'))
      return { length: at, place: 'further on' }
    const mark = MARKS.find((one) => next.startsWith(one))
    const empty = EMPTY_COMMENT.exec(next)
    if (mark !== undefined) at += mark.length
    else if (empty) at += empty[0].length
    else if (next.startsWith('<!--')) {
      at += 4
      scan.inComment = true
    } else {
      const whole = DECLARATION.exec(next) ?? TAG.exec(next)
      if (whole) at += whole[0].length
      else if (OPEN_TAG.test(next) && next.length < LONGEST_TAG && !isEnd)
        return { length: at, place: 'further on' }
      if (!whole || whole[1]?.toLowerCase() === 'head') return { length: at, place: 'here' }
    }
  }
}
