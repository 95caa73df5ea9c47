import { expect, it } from 'vitest'
import { MARKS, openTemplate } from './template.ts'

const html = '<html lang="zh-CN"><head><!--page--></head><body><!--shell--></body></html>'

it('puts each part in its place, as it is', () => {
  const { before, after } = openTemplate(html)({ lang: 'en', head: "$&<!--shell-->$'", shell: '<p>$1</p>' })
  expect(`${before}|${after}`).toBe(
    `<html lang="en"><head>$&<!--shell-->$'</head><body><p>$1</p>|</body></html>`,
  )
})

it('where the end of the body has no tag, it is the end of all', () => {
  const fill = openTemplate(html.replace('</body></html>', '<p>the end'))
  const { before, after } = fill({ lang: 'en', head: '', shell: '' })
  expect(`${before}|${after}`).toBe('<html lang="en"><head></head><body><p>the end|')
})

it.each(MARKS)('without %s there is no page', (mark) =>
  expect(() => openTemplate(html.replace(mark, ''))).toThrow(mark),
)
