// Bodies that are made to take long. The time for each may grow with its size, and not with the square of it.
import { expect, it } from 'vitest'
import { timesLonger } from '../testing/timesLonger.ts'
import { createCallbackReceiver } from './callbackReceiver.ts'
import { ACCOUNT, plainDelivery, safeDelivery } from './testing/pushSender.ts'
import { readXml } from './xml.ts'

const SIZE = 64_000
// Eight times the size takes eight times as long; the square of it, sixty-four times.
const MOST = 20

const inXml = (text: string) => `<xml><Content>${text}</Content></xml>`
const bodies: Record<string, (size: number) => string> = {
  'carriage returns in text': (size) => inXml('\r'.repeat(size)),
  'carriage returns in CDATA': (size) => inXml(`<![CDATA[${'\r'.repeat(size)}]]>`),
  'line ends of Windows': (size) => inXml('\r\n'.repeat(size / 2)),
  'carriage returns in an instruction': (size) => `<xml><?a x${'\r'.repeat(size)}?></xml>`,
  'carriage returns in an attribute': (size) => `<xml a="${'\r'.repeat(size)}"/>`,
  'carriage returns beside letters of four bytes': (size) => inXml('\r😀'.repeat(size / 5)),
  'carriage returns around the root': (size) => `<xml/>${'\r'.repeat(size)}`,
  'carriage returns in a document type': (size) => `<!DOCTYPE xml [${'] \r'.repeat(size / 3)}]><xml/>`,
  'empty elements': (size) => `<xml>${'<a/>'.repeat(size / 4)}</xml>`,
  'nested elements': (size) => '<a>'.repeat(size / 3),
  'letters of four bytes between elements': (size) => `<xml>${'😀<a/>'.repeat(size / 8)}</xml>`,
  attributes: (size) => `<xml ${Array.from({ length: size / 8 }, (_, i) => `a${i}=""`).join(' ')}/>`,
  references: (size) => inXml('&amp;'.repeat(size / 5)),
  'one endless reference': (size) => inXml(`&${'a'.repeat(size)}`),
  'one endless number': (size) => inXml(`&#${'9'.repeat(size)};`),
  'one endless name': (size) => `<${'a'.repeat(size)}>`,
  'open sections': (size) => inXml('<![CDATA['.repeat(size / 9)),
  'empty sections': (size) => inXml('<![CDATA[]]>'.repeat(size / 12)),
  'brackets in a section': (size) => inXml(`<![CDATA[${']'.repeat(size)}]]>`),
  comments: (size) => inXml('a<!---->'.repeat(size / 8)),
  'dashes in a comment': (size) => inXml(`<!--${'- '.repeat(size / 2)}-->`),
  'white space': (size) => `<xml${' '.repeat(size)}>`,
  'a NUL at the end': (size) => inXml(`${'a'.repeat(size)}\0`),
  'an end tag that does not fit': (size) => `<xml>${'a'.repeat(size)}</b>`,
}

it.each(Object.entries(bodies))('%s', async (_name, bodyOf) => {
  // One piece of memory, as a body that came over the network.
  const [large, small] = [SIZE, SIZE / 8].map((size) => Buffer.from(bodyOf(size)).toString())
  const growth = await timesLonger(attempt(large), attempt(small), { smallEnough: MOST })
  expect(growth).toBeLessThan(MOST)
})

const unsigned: Record<string, (size: number) => string> = {
  ...bodies,
  'open elements': (size) => '<Encrypt>'.repeat(size / 9),
  'closing elements': (size) => `<Encrypt>${'</Encrypt>'.repeat(size / 10)}`,
  'white space in the element': (size) => `<Encrypt>${' '.repeat(size)}a${' '.repeat(size)}`,
  'white space around the section': (size) => `<Encrypt>${' \r'.repeat(size / 2)}<![CDATA[</Encrypt>`,
}

it.each(Object.entries(unsigned))('%s, with a made-up msg_signature: no parser sees it', (_name, bodyOf) => {
  const receiver = createCallbackReceiver({ ...ACCOUNT, now: Date.now })
  const { query } = safeDelivery('')
  const { open } = receiver.admit({ ...query, msg_signature: 'f'.repeat(40) })
  const inEncrypt = `<xml><Encrypt>${bodyOf(SIZE).replaceAll('<', '')}</Encrypt></xml>`
  expect(() => open(Buffer.from(inEncrypt))).toThrow(expect.objectContaining({ code: 'invalid_signature' }))
  expect(() => open(Buffer.from(bodyOf(SIZE)))).toThrow(expect.objectContaining({ code: 'not_encrypted' }))
})

it('in plain mode a made-up signature is refused before there is a body', () => {
  const receiver = createCallbackReceiver({ ...ACCOUNT, encodingAesKey: undefined, now: Date.now })
  const { query } = plainDelivery('')
  expect(() => receiver.admit({ ...query, signature: 'f'.repeat(40) })).toThrow(
    expect.objectContaining({ code: 'invalid_signature' }),
  )
})

it('line ends are the same as before, in the one way that XML knows', () => {
  const text = 'a\r\nb\rc\n\r\nd\r\r\ne'
  const read = (inside: string) => readXml(inXml(inside))['Content']
  expect(read(`<![CDATA[${text}]]>`)).toBe('a\nb\nc\n\nd\n\ne')
  expect(read(text)).toBe('a\nb\nc\n\nd\n\ne')
  expect(read('a&#13;b')).toBe('a\rb')
})

it('as many parts as the largest of WeChat are read, and some more', () => {
  expect(readXml(`<xml>${'<a>x</a>'.repeat(400)}</xml>`)['a']).toHaveLength(400)
  expect(readXml(inXml(`<![CDATA[${'<a b="c">&'.repeat(500)}]]>`))['Content']).toHaveLength(5_000)
})

function attempt(body = ''): () => void {
  return () => {
    try {
      readXml(body)
    } catch {
      // refused, which may take its time as well
    }
  }
}
