import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { openDoors, type Doors } from './openDoors.ts'

const SECRET = '5f0c8d1be27a4439a6d0f3c19be8725d4c6a90e1f7b8325d'
const behindProxy: Doors = {
  production: true,
  publicUrl: 'https://h5.example.com',
  host: '0.0.0.0',
  port: 3000,
  trustProxy: 1,
  sessionSecrets: [SECRET],
}
const doors = (given: Partial<Doors>) => openDoors({ ...behindProxy, ...given })

it('a server behind a proxy on its own machine has none', () => {
  expect(doors({ host: '127.0.0.1' })).toEqual([])
})

it.each(['0.0.0.0', '::', '203.0.113.7'])(
  'HOST=%s with TRUST_PROXY lets everybody make addresses up',
  (host) => {
    expect(doors({ host })).toEqual([expect.stringContaining('TRUST_PROXY is on')])
    expect(doors({ host, trustProxy: false })).toEqual([])
  },
)

it('development says nothing of them', () => {
  const open = { publicUrl: 'http://192.168.1.5:5173', trustProxy: 1, sessionSecrets: ['a'.repeat(32)] }
  expect(doors({ ...open, production: false })).toEqual([])
})

it('http, unless it is this machine', () => {
  expect(doors({ publicUrl: 'http://h5.example.com', trustProxy: false })).toEqual([
    expect.stringContaining('PUBLIC_URL'),
  ])
  for (const host of ['localhost:3000', '127.0.0.1:3000', '[::1]:3000'])
    expect(doors({ publicUrl: `http://${host}`, trustProxy: false })).toEqual([])
})

const host = '127.0.0.1'
it.each([
  'a'.repeat(32),
  'passwordpasswordpasswordpassword',
  'abcdefghijklmnopqrstuvwxyz012345',
  '0123456789abcdef0123456789abcdef',
  '12345678901234567890123456789012',
  'please-change-me-before-production',
  'x'.repeat(40),
])('the secret %s can be guessed, and is not repeated in the warning', (secret) => {
  const [warning = '', ...more] = doors({ host, sessionSecrets: [SECRET, secret] })
  expect(warning).toContain('SESSION_SECRET can be guessed')
  expect(warning).not.toContain(secret)
  expect(more).toEqual([])
})

it('random secrets are none of those', () => {
  for (let i = 0; i < 2_000; i++) {
    const secret = randomBytes(24).toString(i % 2 ? 'hex' : 'base64')
    expect(doors({ host, sessionSecrets: [secret] }), secret).toEqual([])
  }
})
