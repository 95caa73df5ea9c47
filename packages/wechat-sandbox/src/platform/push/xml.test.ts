import { expect, it } from 'vitest'
import { child, childText, readXml, writeXml } from './xml.ts'

it('writes text in CDATA, numbers bare, and a list as repeated elements', () => {
  const xml = writeXml({
    A: 'a]]>b',
    N: 1,
    Id: 24800000000000001n,
    List: { item: [{ B: 'x' }, { B: 'y' }] },
    No: undefined,
  })
  expect(xml).toBe(
    '<xml><A><![CDATA[a]]]]><![CDATA[>b]]></A><N>1</N><Id>24800000000000001</Id>' +
      '<List><item><B><![CDATA[x]]></B></item><item><B><![CDATA[y]]></B></item></List></xml>',
  )
})

it('reads what it wrote, and what others write', () => {
  expect(childText(readXml(writeXml({ A: 'a]]>b<&' })), 'A')).toBe('a]]>b<&')
  const root = readXml(
    '<?xml version="1.0"?>\n<xml a="1"><!-- c --> <T>a &lt;&amp;&#20013;</T><E/><L><i>1</i></L></xml>\n',
  )
  expect([childText(root, 'T'), childText(root, 'E'), childText(root, 'no')]).toEqual([
    'a <&中',
    '',
    undefined,
  ])
  expect(child(root, 'L')?.children).toEqual([{ name: 'i', text: '1', children: [] }])
})

it.each([
  ['{"a":1}', /one XML element/],
  ['', /one XML element/],
  ['<xml></xml><xml></xml>', /one XML element/],
  ['<xml><a></xml>', /<\/xml> stands where <\/a>/],
  ['<xml>', /not closed/],
  ['</xml>', /stands where/],
  ['<!DOCTYPE x [<!ENTITY e "x">]><xml>&e;</xml>', /can't be read at character 0/],
  ['<xml><![CDATA[x</xml>', /can't be read/],
])('refuses %j', (text, reason) => expect(() => readXml(text)).toThrow(reason))

it('reads a hundred thousand open elements without falling over', () => {
  expect(() => readXml('<a>'.repeat(100_000))).toThrow(/not closed/)
})
