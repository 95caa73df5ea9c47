import { expect, it } from 'vitest'
import { completeCard } from './shareCard.ts'

const here =
  'https://h5.example.com/articles/a?from=timeline&isappinstalled=0&code=1&state=2&debug=1&x=%E4%BD%A0#part'
const card = { title: 'T', desc: 'D', imgUrl: '/covers/a.jpg' }

it('makes addresses absolute', () => {
  expect(completeCard({ ...card, link: '/articles/b' }, here)).toEqual({
    title: 'T',
    desc: 'D',
    imgUrl: 'https://h5.example.com/covers/a.jpg',
    link: 'https://h5.example.com/articles/b',
  })
})

it('shares the current page by default, without what belongs to one visit', () => {
  expect(completeCard(card, here).link).toBe('https://h5.example.com/articles/a?x=%E4%BD%A0#part')
})

it('encodes Chinese, which iOS refuses raw', () => {
  expect(completeCard({ ...card, link: '/文章?标题=你' }, here).link).toMatch(/^[\x21-\x7e]+$/)
})

it('a link that the page names keeps its parameters: they are the page’s own', () => {
  const link = '/travel?from=shanghai&to=beijing&code=CA1&state=open'
  expect(completeCard({ ...card, link }, here).link).toBe(`https://h5.example.com${link}`)
})

it.each(['', undefined, null])('a link of %j is none: the page itself is shared', (link) => {
  expect(completeCard({ ...card, link } as typeof card, here).link).toBe(
    'https://h5.example.com/articles/a?x=%E4%BD%A0#part',
  )
})

it.each([
  ['imgUrl', undefined],
  ['imgUrl', null],
  ['imgUrl', ''],
  ['imgUrl', 'https://'],
  ['title', ''],
])('a card whose %s is %j is none, and says so', (field, value) => {
  expect(() => completeCard({ ...card, [field]: value }, here)).toThrow(
    expect.objectContaining({ code: 'card_refused', message: expect.stringContaining(field) }),
  )
})
