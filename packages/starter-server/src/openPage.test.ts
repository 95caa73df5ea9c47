import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { CODINGS, openPage, type Coding } from './openPage.ts'

const UNPACK: Record<Coding, (bytes: Buffer) => Buffer> = {
  identity: (bytes) => bytes,
  gzip: (bytes) => gunzipSync(bytes),
  br: (bytes) => brotliDecompressSync(bytes),
}
const LINE = '<p>Line by line, 一行一行, for a page of some length.</p>\n'

// The ends are shorter than a block, empty, as long as blocks, and longer.
const ENDS = [0, 1, 600, 65_535, 65_536, 131_070, 200_000].map((length) =>
  'x</html>'.repeat(length).slice(0, length),
)

it.each(CODINGS)('%s: every visit reads the start and its own end', (coding) => {
  for (const start of ['', '<', LINE, LINE.repeat(3000)]) {
    const page = openPage(start)
    for (const end of ENDS) {
      const bytes = Buffer.concat(page(Buffer.from(end), coding))
      expect(UNPACK[coding](bytes).toString() === start + end, `${start.length} + ${end.length}`).toBe(true)
    }
  }
})

it('packs the start once', () => {
  const page = openPage(LINE.repeat(300))
  for (const coding of CODINGS) {
    const [[one], [other]] = [page(Buffer.from('one'), coding), page(Buffer.from('other'), coding)]
    expect(one).toBe(other)
    expect(one?.length).toBeLessThan(coding === 'identity' ? Infinity : 500)
  }
})
