import { expect, it } from 'vitest'
import { EnvError, parseEnv } from './env.ts'

const complete = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://h5.example.com/',
  WECHAT_APP_ID: 'wx0123456789abcdef',
  WECHAT_APP_SECRET: 'secret',
  SESSION_SECRET: `${'a'.repeat(32)}, ${'b'.repeat(32)}`,
}
const messageOf = (raw: Record<string, string>) => {
  try {
    parseEnv(raw)
    return ''
  } catch (error) {
    if (error instanceof EnvError) return error.message
    throw error
  }
}

it('needs nothing in development', () => {
  const { env, warnings } = parseEnv({})
  expect(env).toMatchObject({
    production: false,
    publicUrl: 'http://localhost:5173',
    port: 3000,
    host: '0.0.0.0',
    trustProxy: false,
    storeUrl: 'sqlite:./data/app.db',
  })
  expect(env.wechat).toMatchObject({ appId: undefined, jsDomains: ['localhost:5173'], verifyFiles: [] })
  expect(env.wechat.jssdkUrls).toHaveLength(2)
  expect(warnings).toEqual([])
})

it('reads a complete production environment', () => {
  const { env } = parseEnv({
    ...complete,
    WECHAT_VERIFY_FILES: 'MP_verify_a.txt, MP_verify_B.txt',
    WECHAT_TOKEN: ' ',
  })
  expect(env).toMatchObject({ publicUrl: 'https://h5.example.com', trustProxy: 1 })
  expect(env.sessionSecrets).toHaveLength(2)
  expect(env.wechat).toMatchObject({
    jsDomains: ['h5.example.com'],
    verifyFiles: ['MP_verify_a.txt', 'MP_verify_B.txt'],
    token: undefined,
  })
})

it('lists everything that production lacks at once, with where to find it', () => {
  const message = messageOf({ NODE_ENV: 'production' })
  for (const name of ['PUBLIC_URL', 'WECHAT_APP_ID', 'WECHAT_APP_SECRET', 'SESSION_SECRET']) {
    expect(message).toContain(`${name} is missing: `)
  }
  expect(message).toContain('Basic information')
})

it.each([
  ['PUBLIC_URL', 'shop.example.net'],
  ['PUBLIC_URL', 'https://h5.example.com/shop'],
  ['PORT', '80a'],
  ['PORT', '70000'],
  ['WECHAT_TOKEN', 'has spaces in it'],
  ['WECHAT_ENCODING_AES_KEY', 'short'],
  ['WECHAT_API_URL', 'api.weixin.qq.com'],
  ['WECHAT_JSSDK_URLS', 'res.wx.qq.com/a.js'],
  ['WECHAT_JS_DOMAINS', 'https://h5.example.com'],
  ['WECHAT_VERIFY_FILES', '../secret.txt'],
  ['STORE_URL', 'mysql://localhost'],
  ['DATABASE_URL', 'redis://localhost'],
  ['DATABASE_URL', 'postgres://user:hunter2@host'],
  ['MEDIA_URL', 'https://oss.example.com/media'], // demo
  ['ADMIN_OPENIDS', 'me & you'],
  ['SESSION_SECRET', 'short'],
  ['LOG_LEVEL', 'loud'],
  ['STORE_URL', 'redis://:p#hunter2@host'],
  ['STORE_URL', 'redis://user:hunter2@host:99999'],
])('refuses %s=%s by name, without repeating the value', (name, value) => {
  const message = messageOf({ ...complete, [name]: value })
  expect(message).toContain(`${name} is not valid: `)
  expect(message).not.toContain(value)
  expect(message).not.toContain('hunter2')
})

it.each([
  ['redis://:p#w@host', /STORE_URL is not valid: .*%23 for #/],
  ['redis://user:hunter2@host:port', /STORE_URL is not valid: .*port from 1 to 65535/],
  ['mysql://user:hunter2@host/x', /STORE_URL is not valid: "mysql:" is not a known store/],
])('says in one line what is wrong with the store address %s', (url, line) => {
  const lines = messageOf({ ...complete, STORE_URL: url }).split('\n')
  expect(lines.filter((text) => text.includes('STORE_URL'))).toEqual([expect.stringMatching(line)])
})

it('takes the address of a replica set', () => {
  const url = 'mongodb://user:pw@a.example.com:27017,b.example.com/x?replicaSet=rs0'
  expect(parseEnv({ ...complete, STORE_URL: url }).env.storeUrl).toBe(url)
})

it('lists what is wrong beside what is missing', () => {
  const message = messageOf({ NODE_ENV: 'production', PORT: 'x', LOG_LEVEL: 'y' })
  for (const name of ['PORT', 'LOG_LEVEL', 'PUBLIC_URL', 'SESSION_SECRET']) expect(message).toContain(name)
})

it('an AppID without its secret is a mistake in development too', () => {
  expect(messageOf({ WECHAT_APP_ID: 'wx1' })).toContain('WECHAT_APP_SECRET is missing')
})

it('an original ID is no AppID, and that is said', () => {
  const message = messageOf({ ...complete, WECHAT_APP_ID: 'gh_4c1d9e7ab203' })
  expect(message).toContain('WECHAT_APP_ID is not valid: ')
  expect(message).toMatch(/wx and 16 hexadecimal digits.*original ID/)
})

it('warns of what does not look like an AppID', () => {
  const odd = (appId: string) =>
    parseEnv({ ...complete, WECHAT_APP_ID: appId }).warnings.filter((warning) => /AppID/.test(warning))
  expect(odd('wx0123456789abcde')).toEqual([expect.stringMatching(/WECHAT_APP_ID.*16 hexadecimal digits/)])
  expect(odd(complete.WECHAT_APP_ID)).toEqual([])
})

it('warns of names that nothing reads, with the nearest that something does', () => {
  expect(parseEnv({ WECHAT_APPID: 'wx1', WECHAT_TOCKEN: 'abc' }).warnings).toEqual([
    'WECHAT_APPID is set, but nothing reads it. Did you mean WECHAT_APP_ID?',
    'WECHAT_TOCKEN is set, but nothing reads it. Did you mean WECHAT_TOKEN?',
  ])
})

it.each([
  ['true', true],
  ['off', false],
  ['2', 2],
  ['loopback, 10.0.0.0/8', 'loopback, 10.0.0.0/8'],
])('TRUST_PROXY=%s', (text, value) => expect(parseEnv({ TRUST_PROXY: text }).env.trustProxy).toEqual(value))
