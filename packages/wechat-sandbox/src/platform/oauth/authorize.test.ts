import { expect, it } from 'vitest'
import { demoAccount } from '../account.ts'
import { readAuthorize, redirectWithCode } from './authorize.ts'

const account = demoAccount('https://h5.example.com')
const good = {
  appid: account.appId,
  redirect_uri: 'https://h5.example.com/cb?a=1',
  response_type: 'code',
  scope: 'snsapi_base',
  state: 'abc',
}
const read = (change: Partial<typeof good> = {}) =>
  readAuthorize(new URLSearchParams({ ...good, ...change }).toString(), account)

it('reads a good request, with and without connect_redirect', () => {
  const request = { redirectUri: good.redirect_uri, scope: 'snsapi_base', state: 'abc' }
  expect(read()).toEqual({ ...request, forcePopup: false, forceSnapShot: false })
  expect(
    readAuthorize(`${new URLSearchParams(good)}&forcePopup=true&forceSnapShot=true`, account),
  ).toMatchObject({ forcePopup: true, forceSnapShot: true })
  expect(readAuthorize(`${new URLSearchParams(good)}&connect_redirect=1`, account)).toHaveProperty(
    'redirectUri',
  )
})

it('takes an empty state and none at all, unless it is switched [empty-state]', () => {
  const query = new URLSearchParams(good)
  query.delete('state')
  for (const text of [`${new URLSearchParams({ ...good, state: '' })}`, query.toString()]) {
    expect(readAuthorize(text, account)).toMatchObject({ state: '' })
    expect(readAuthorize(text, account, '10013')).toMatchObject({ code: 10013 })
  }
  expect(redirectWithCode({ redirectUri: good.redirect_uri, state: '' }, 'c')).toMatch(/&code=c&state=$/)
})

it('takes the optional parameters in any order', () => {
  const query = `${new URLSearchParams(good)}&forceSnapShot=true&forcePopup=true&connect_redirect=1`
  expect(readAuthorize(query, account)).toMatchObject({ forcePopup: true, forceSnapShot: true })
})

it.each([
  [{ scope: '' }, 10010],
  [{ redirect_uri: '' }, 10011],
  [{ appid: '' }, 10012],
  [{ redirect_uri: 'https://www.h5.example.com/' }, 10003],
  [{ redirect_uri: 'https://h5.example.com:8443/' }, 10003],
  [{ redirect_uri: 'javascript://h5.example.com/' }, 10003],
  [{ scope: 'snsapi_login' }, 10005],
  [{ appid: 'wx0000000000000000' }, 10016],
  [{ state: 'a-b' }, undefined],
])('refuses %j with %s [authorize-errcodes]', (change, code) =>
  expect(read(change)).toMatchObject({ code, text: { en: expect.any(String), zh: expect.any(String) } }),
)

it('a callback domain with a path covers what lies below it [callback-domain]', () => {
  const withPath = { ...account, oauthDomain: 'h5.example.com/app' }
  const codeOf = (redirect_uri: string) => {
    const query = new URLSearchParams({ ...good, redirect_uri }).toString()
    const result = readAuthorize(query, withPath)
    return 'code' in result ? result.code : 0
  }
  expect(
    ['/app', '/app/cb?x=1', '/application', '/'].map((path) => codeOf(`https://h5.example.com${path}`)),
  ).toEqual([0, 0, 10003, 10003])
})

it('holds the order against the strict pattern [authorize-order]', () => {
  const { appid, ...rest } = good
  expect(readAuthorize(new URLSearchParams({ ...rest, appid }).toString(), account)).toMatchObject({
    code: undefined,
  })
})

it('adds code and state before a hash [callback-hash]', () => {
  const request = { scope: 'snsapi_base', state: 's' } as const
  expect(redirectWithCode({ ...request, redirectUri: 'https://a.b/c?d=1#/e' }, 'C')).toBe(
    'https://a.b/c?d=1&code=C&state=s#/e',
  )
  expect(redirectWithCode({ ...request, redirectUri: 'https://a.b/c#/e#f' }, 'C')).toBe(
    'https://a.b/c?code=C&state=s#/e#f',
  )
  expect(redirectWithCode({ ...request, redirectUri: 'https://a.b/c' }, 'C')).toBe(
    'https://a.b/c?code=C&state=s',
  )
})
