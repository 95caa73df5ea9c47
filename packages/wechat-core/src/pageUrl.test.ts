import { describe, expect, it } from 'vitest'
import { checkPageUrl, isOnJsDomain, PageUrlError } from './pageUrl.ts'

const domains = ['h5.example.com', 'localhost:5173', 'shop.example.org/wx']
const codeOf = (input: unknown) => {
  try {
    return checkPageUrl(input, domains)
  } catch (error) {
    if (error instanceof PageUrlError) return error.code
    throw error
  }
}

describe('checkPageUrl', () => {
  it.each([
    'https://h5.example.com/',
    'http://h5.example.com',
    'https://a.h5.example.com/p?id=null&x=1',
    'http://localhost:5173/articles/a?from=singlemessage',
    'https://shop.example.org/wx/items',
  ])('returns %s unchanged', (url) => expect(checkPageUrl(url, domains)).toBe(url))

  it('cuts the hash', () =>
    expect(checkPageUrl('https://h5.example.com/a#/b', domains)).toBe('https://h5.example.com/a'))

  it.each([
    undefined,
    '',
    ['https://h5.example.com/', 'https://h5.example.com/'],
    { a: 'https://h5.example.com/' },
    '/articles/a',
    '//h5.example.com/',
    'hello',
    'javascript:alert(1)',
    'ftp://h5.example.com/',
    'https://',
    'https://h5.example.com\\@evil.example/',
    'https://user:pass@h5.example.com/',
    'https://h5.example.com/a b',
    'https://h5.example.com/\u0000',
    `https://h5.example.com/${'a'.repeat(2048)}`,
  ])('refuses %j as invalid', (url) => expect(codeOf(url)).toBe('invalid_url'))

  it.each([
    'https://evil.example/',
    'https://h5.example.com.evil.example/',
    'https://noth5.example.com/',
    'https://example.com/',
    'https://h5.example.com:8443/',
    'http://localhost/',
    'https://shop.example.org/',
    'https://shop.example.org/wxx',
    'https://[::1]/',
  ])('does not allow %s', (url) => expect(codeOf(url)).toBe('url_not_allowed'))
})

describe('isOnJsDomain', () => {
  it('an empty domain covers nothing', () => expect(isOnJsDomain(new URL('https://a.b/'), '')).toBe(false))
  it('ignores the case of the domain', () => expect(isOnJsDomain(new URL('https://a.b/'), 'A.B')).toBe(true))
})
