import { expect, it } from 'vitest'
import { safeReturnTo } from './returnTo.ts'

it.each([
  ['/', '/'],
  ['/me', '/me'],
  ['/articles/a?from=b&x=%20#c', '/articles/a?from=b&x=%20#c'],
  ['/a?code=1&state=2&x=3', '/a?x=3'],
  ['/a?next=https://evil.example/', '/a?next=https://evil.example/'],
])('%s leads to %s', (input, output) => expect(safeReturnTo(input)).toBe(output))

it.each([
  undefined,
  '',
  ['/a', '/b'],
  'me',
  'https://evil.example/',
  '//evil.example/',
  '/\\evil.example/',
  '\\\\evil.example',
  '/a\\b',
  '/\t/evil.example/',
  '/\n/evil.example',
  '/.//evil.example/',
  '/a/..//evil.example/',
  '/%2e//evil.example/',
  ' /me',
  'javascript:alert(1)',
  '/api/wechat/oauth/authorize',
  '/API/session',
  '/./api/session',
  `/${'a'.repeat(1024)}`,
])('%j leads nowhere', (input) => expect(safeReturnTo(input)).toBeUndefined())
