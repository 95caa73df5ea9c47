import { expect, it } from 'vitest'
import { readShareId, shareLink } from './shareLink'

it.each([
  ['/articles/tea', '/articles/tea?s=ID'],
  ['/articles/tea?page=2#end', '/articles/tea?page=2&s=ID#end'],
  ['https://h5.example.com/articles/tea', 'https://h5.example.com/articles/tea?s=ID'],
  ['/me', '/me'],
  ['/', '/'],
  ['https://h5.example.com/shop?to=/articles/tea', 'https://h5.example.com/shop?to=/articles/tea'],
])('%s becomes %s', (link, expected) => expect(shareLink(link, 'ID')).toBe(expected))

it('without an id, or without a link, nothing is added', () => {
  expect(shareLink('/articles/tea', '')).toBe('/articles/tea')
  expect(shareLink(undefined, 'ID')).toBeUndefined()
})

it('the id is what the server wrote', () => {
  const page = (textContent: string | null) => ({ getElementById: () => ({ textContent }) })
  expect(readShareId(page('{"shareId":"abc"}'))).toBe('abc')
  expect(readShareId(page(null))).toBeUndefined()
  expect(readShareId(undefined)).toBeUndefined()
})
