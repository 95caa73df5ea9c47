import { createHmac, randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { keyedHash } from './keyedHash.ts'

it('is HMAC-SHA-256, for keys and texts of any length', () => {
  for (const length of [0, 1, 31, 63, 64, 65, 200]) {
    const key = randomBytes(length).toString('latin1')
    const text = `${randomBytes(length).toString('base64')} 一行`
    const expected = createHmac('sha256', Buffer.from(key)).update(text).digest('hex')
    expect(keyedHash(key)(text).toString('hex'), `${length}`).toBe(expected)
  }
})

it('meets the vector of RFC 4231, 4.3', () =>
  expect(keyedHash('Jefe')('what do ya want for nothing?').toString('hex')).toBe(
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  ))
