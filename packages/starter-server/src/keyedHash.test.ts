import { createHmac, randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { keyedHash } from './keyedHash.ts'

it('is HMAC-SHA-256, for keys and texts of any length', () => {
  for (const length of [0, 1, 31, 63, 64, 65, 200]) {
    const key = randomBytes(length).toString('latin1')
    const hashOf = keyedHash(key)
    for (const text of [`${randomBytes(length).toString('base64')} 一行`, 'another'])
      expect(hashOf(text), `${length}`).toBe(
        createHmac('sha256', Buffer.from(key)).update(text).digest('base64url'),
      )
  }
})

it('meets the vector of RFC 4231, 4.3', () =>
  expect(Buffer.from(keyedHash('Jefe')('what do ya want for nothing?'), 'base64url').toString('hex')).toBe(
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  ))
