import { expect, it } from 'vitest'
import { isNearby } from './siteAddress.ts'

it('a certificate of its own is taken from a site nearby, and from no other', () => {
  for (const address of [
    '127.0.0.1',
    '::1',
    '::ffff:127.0.0.1',
    '10.1.2.3',
    '192.168.0.9',
    '172.20.0.2',
    'fd00::1',
    'fe80::1',
  ])
    expect([address, isNearby(address)]).toEqual([address, true])
  for (const address of [
    '203.0.113.7',
    '::ffff:203.0.113.7',
    '172.32.0.1',
    '192.169.0.1',
    '2001:db8::1',
    'fc',
    '',
    '1.10.0.1',
  ])
    expect([address, isNearby(address)]).toEqual([address, false])
})
