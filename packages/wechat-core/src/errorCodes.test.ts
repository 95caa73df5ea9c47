import { describe, expect, it } from 'vitest'
import { pauseAfter } from './backoff.ts'
import { meaningOf, type ErrorKind } from './errorCodes.ts'
import { isStaleToken, WechatApiError, WechatTransportError } from './errors.ts'

const API = '/cgi-bin/user/info'
const errorOf = (errcode: number, path = API) => new WechatApiError({ method: 'GET', path }, errcode, 'text')
const SECOND = 1000

// Every code that the platform's documents of tokens, OAuth and general errors name, by what it asks for.
const CODES: [ErrorKind, number[]][] = [
  ['busy', [-1, 45011]],
  ['stale', [40001, 40014, 42001]],
  ['quota', [45009, 48006]],
  ['login', [40029, 40030, 40163, 41008, 42002, 42003, 42007]],
  ['configuration', [40013, 40125, 40243, 41002, 41004, 48001, 48004, 50002, 50004, 50007]],
  ['address', [40164, 61004, 89501, 89503, 89506, 89507]],
  ['recipient', [40003, 43004, 43101, 45015, 45047]],
  [
    'request',
    [
      ...[40002, 40007, 40037, 40066, 40097, 40201, 40202, 40203, 41001, 43002, 44002, 47001, 47003],
      ...[76003, 76022],
    ],
  ],
]

describe.each(CODES)('%s', (kind, codes) => {
  it.each(codes)('%i is one, and says what to do in English and Chinese', (errcode) => {
    expect(meaningOf(errcode, API)).toEqual({
      kind,
      hint: {
        en: expect.stringMatching(/^[\x20-\x7e]{10,}$/),
        zh: expect.stringMatching(/[\u4e00-\u9fff]/),
      },
    })
  })
})

it('an unknown code has no hint', () => {
  expect(meaningOf(99999, API)).toEqual({ kind: 'unknown', hint: undefined })
})

it('no hint names a variable of an application: the package knows options', () => {
  const codes = CODES.flatMap(([, numbers]) => numbers)
  const hints = codes.flatMap((code) => [errorOf(code).hint, errorOf(code).hintZh])
  const transport = (['wechat_timeout', 'wechat_unreachable', 'wechat_bad_response'] as const).flatMap(
    (code) => {
      const { hint, hintZh } = new WechatTransportError({ method: 'GET', path: API }, code, 'text')
      return [hint, hintZh]
    },
  )
  expect([...hints, ...transport].join(' ')).not.toMatch(/WECHAT_|\.env/)
})

it('40125 tells the truth about a secret: shown once, reset it, change it everywhere', () => {
  const { hint, hintZh } = errorOf(40125)
  expect(hint).toMatch(/only once.*reset.*everywhere/)
  expect(hint).not.toMatch(/copy/i)
  expect(hintZh).toMatch(/只在重置时显示一次.*重置.*所有/)
})

describe('what follows from the kind', () => {
  it.each(CODES)('%s: the retry with a new token', (kind, codes) => {
    for (const code of codes) expect(isStaleToken(errorOf(code))).toBe(kind === 'stale')
  })

  it.each(CODES)('%s: how long nobody asks again', (kind, codes) => {
    for (const code of codes) {
      const pause = pauseAfter(errorOf(code), 1)
      if (kind === 'busy' || kind === 'stale') expect(pause).toBe(SECOND)
      else expect(pause).toBe(60 * SECOND)
    }
  })

  it('the pause does not end early for a code that nobody has described', () => {
    expect(pauseAfter(errorOf(99999), 1)).toBe(60 * SECOND)
  })
})

describe('40001 and its like', () => {
  it.each(['/cgi-bin/token', '/cgi-bin/stable_token', '/sns/oauth2/access_token'])(
    'from %s, which is asked with the AppSecret, mean the secret: nobody asks each second',
    (path) => {
      expect(errorOf(40001, path).kind).toBe('configuration')
      expect(isStaleToken(errorOf(40001, path))).toBe(false)
      expect(pauseAfter(errorOf(40001, path), 1)).toBe(60 * SECOND)
    },
  )

  it.each([40001, 40014, 42001])(
    "%i from /sns/userinfo means the person's token: log in again",
    (errcode) => {
      expect(errorOf(errcode, '/sns/userinfo')).toMatchObject({
        kind: 'login',
        hint: expect.stringContaining('refresh_token'),
      })
      expect(isStaleToken(errorOf(errcode, '/sns/userinfo'))).toBe(false)
    },
  )
})
