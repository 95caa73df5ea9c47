import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { parseEnv } from '../env.ts'
import { openDoors } from './openDoors.ts'

const SECRET = '5f0c8d1be27a4439a6d0f3c19be8725d4c6a90e1f7b8325d'
const complete = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://h5.example.com',
  WECHAT_APP_ID: 'wx0123456789abcdef',
  WECHAT_APP_SECRET: 'secret',
  SESSION_SECRET: SECRET,
}
const doors = (env: Record<string, string>) => openDoors(parseEnv({ ...complete, ...env }).env)

it('a server behind a proxy on its own machine has none', () => {
  expect(doors({ HOST: '127.0.0.1' })).toEqual([])
})

it.each(['0.0.0.0', '::', '203.0.113.7'])(
  'HOST=%s with TRUST_PROXY lets everybody make addresses up',
  (HOST) => {
    expect(doors({ HOST })).toEqual([expect.stringContaining('TRUST_PROXY is on')])
    expect(doors({ HOST, TRUST_PROXY: 'off' })).toEqual([])
  },
)

it('development says nothing of them', () => {
  const open = { PUBLIC_URL: 'http://192.168.1.5:5173', TRUST_PROXY: '1' }
  expect(doors({ ...open, NODE_ENV: 'development' })).toEqual([])
})

it('http, unless it is this machine', () => {
  expect(doors({ PUBLIC_URL: 'http://h5.example.com' })).toEqual([expect.stringContaining('PUBLIC_URL')])
  for (const host of ['localhost:3000', '127.0.0.1:3000', '[::1]:3000'])
    expect(doors({ PUBLIC_URL: `http://${host}` })).toEqual([])
})

const HOST = '127.0.0.1'
it.each([
  'a'.repeat(32),
  'passwordpasswordpasswordpassword',
  'abcdefghijklmnopqrstuvwxyz012345',
  '0123456789abcdef0123456789abcdef',
  '12345678901234567890123456789012',
  'please-change-me-before-production',
  `${SECRET},${'x'.repeat(40)}`,
])('the secret %s can be guessed, and is not repeated in the warning', (secret) => {
  const [warning = '', ...more] = doors({ HOST, SESSION_SECRET: secret })
  expect(warning).toContain('SESSION_SECRET can be guessed')
  expect(warning).not.toContain(secret)
  expect(more).toEqual([])
})

it('random secrets are none of those', () => {
  for (let i = 0; i < 2_000; i++) {
    const secret = randomBytes(24).toString(i % 2 ? 'hex' : 'base64')
    expect(doors({ HOST, SESSION_SECRET: secret }), secret).toEqual([])
  }
})
