import { expect, it } from 'vitest'
import { completeCard } from './shareCard'

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
