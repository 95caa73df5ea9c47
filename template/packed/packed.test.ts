// Each package is a product: from its tarball, in a folder outside the workspace, on the oldest Node.js that it names.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { serverSignature } from 'wechat-core'
import { freePort } from 'wechat-core/testing'
import { startPlatform, type RunningPlatform } from 'wechat-sandbox'
import { emptyFolder, examplesOf, type EmptyFolder } from './emptyFolder.ts'
import { PACKAGES } from './setup.ts'

const MODULES = [
  'wechat-core',
  'wechat-core/api',
  'wechat-core/login',
  'wechat-web',
  'wechat-web/vue',
  'wechat-sandbox',
  'wechat-sandbox/testing',
]
const PAGE = 'https://www.example.com/tea'

let folder: EmptyFolder

beforeAll(async () => {
  folder = emptyFolder()
  const files = inject('tarballs')
  expect(files).toHaveLength(PACKAGES.length)
  await folder.install('node@22', 'typescript@6', '@types/node@22', 'vue@3', '@playwright/test@1', ...files)
}, 600_000)
afterAll(() => folder.remove())

it.each(MODULES)('%s is an ES module', async (name) => {
  folder.write('import.js', `console.log(process.version, Object.keys(await import('${name}')).length)`)
  expect(await folder.node('import.js')).toMatch(/^v22\.\d+\.\d+ [1-9]\d*\n$/)
})

it('their types are found and hold', async () => {
  folder.write('consumer.ts', CONSUMER)
  const options = ['--noEmit', '--strict', '--module', 'nodenext', '--moduleResolution', 'nodenext']
  folder.write(
    'tsc.js',
    `import { spawnSync } from 'node:child_process'
const args = ${JSON.stringify([...options, '--target', 'es2022', '--lib', 'es2022,dom', '--types', 'node', 'consumer.ts'])}
console.log(spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', ...args], { encoding: 'utf8' }).stdout)`,
  )
  expect((await folder.node('tsc.js')).trim()).toBe('')
}, 300_000)

it('nothing is in them but what runs: no tests, no sources, no test servers', async () => {
  folder.write(
    'list.js',
    `import { readdirSync } from 'node:fs'
const names = ${JSON.stringify(PACKAGES)}.flatMap((name) => readdirSync('node_modules/' + name, { recursive: true }).map((file) => name + '/' + file))
console.log(JSON.stringify(names))`,
  )
  const names: string[] = JSON.parse(await folder.node('list.js'))
  expect(names).toContain('wechat-core/README.md')
  expect(names).toContain('wechat-web/README.md')
  expect(names).toContain('wechat-web/dist/wechat-web.js')
  expect(names.filter((name) => /\/src\/|\.test\.|(?<!\.d)\.ts$|wechat-core\/.*testing/.test(name))).toEqual(
    [],
  )
})

it('a store whose driver is not there says how to install it', async () => {
  folder.write(
    'driver.js',
    `import { openStore } from 'wechat-core'
for (const url of ['redis://127.0.0.1:9', 'mongodb://127.0.0.1:9'])
  await openStore(url).catch(({ name, message }) => console.log(name, message))`,
  )
  const said = await folder.node('driver.js')
  expect(said).toMatch(/StoreError .*npm install @redis\/client\nStoreError .*npm install mongodb\n/)
})

describe('the examples of wechat-core', () => {
  let platform: RunningPlatform
  let server: ChildProcess | undefined
  beforeEach(async () => {
    platform = await startPlatform({ siteOrigin: 'https://www.example.com' })
  })
  afterEach(async () => {
    if (server?.kill()) await once(server, 'exit')
    server = undefined
    await platform.close()
  })
  const settings = () => ({
    APP_ID: platform.account.appId,
    APP_SECRET: platform.account.appSecret,
    API_URL: platform.url,
    TOKEN: 'my-token',
  })

  it('the server signs pages, and answers the callback', async () => {
    const [example = ''] = examplesOf('wechat-core', 'js')
    folder.write('server.js', example)
    const port = await freePort()
    const env = { ...process.env, ...settings(), PORT: String(port) }
    server = spawn(folder.bin('node'), ['server.js'], { cwd: folder.path, env, stdio: 'inherit' })
    const url = `http://127.0.0.1:${port}`
    await expect
      .poll(
        () =>
          fetch(url).then(
            () => true,
            () => false,
          ),
        { timeout: 20_000 },
      )
      .toBe(true)

    const signed = await (await fetch(`${url}/?url=${encodeURIComponent(PAGE)}`)).json()
    const { appId, timestamp, nonceStr, signature } = signed
    expect(platform.judgeJsapi({ appId, timestamp: String(timestamp), nonceStr, signature }, [PAGE]).ok).toBe(
      true,
    )
    expect((await fetch(`${url}/?url=https://elsewhere.example`)).status).toBe(400)

    const time = String(Math.floor(Date.now() / 1000))
    const query = new URLSearchParams({
      signature: serverSignature('my-token', time, 'n'),
      timestamp: time,
      nonce: 'n',
    })
    const check = await fetch(`${url}/wechat?${query}&echostr=hello`)
    expect(await check.text()).toBe('hello')
    const message =
      '<xml><ToUserName>gh_1</ToUserName><FromUserName>o1</FromUserName><CreateTime>1</CreateTime>' +
      '<MsgType>text</MsgType><Content>tea</Content><MsgId>1</MsgId></xml>'
    const reply = await fetch(`${url}/wechat?${query}`, { method: 'POST', body: message })
    expect(await reply.text()).toContain('You said: tea')
  })

  it('the other APIs', async () => {
    const [, example = ''] = examplesOf('wechat-core', 'js')
    folder.write(
      'api.js',
      `import { createWechat, memoryStore } from 'wechat-core'
const { APP_ID, APP_SECRET, API_URL, OPENID: openid } = process.env
const wechat = createWechat({ appId: APP_ID, appSecret: APP_SECRET, store: memoryStore(), apiUrl: API_URL })
${example}
console.log(JSON.stringify({ user, ip_list }))`,
    )
    const openid = platform.identities.openidOf(platform.identities.person('xiaoqing'))
    const { user, ip_list } = JSON.parse(await folder.node('api.js', { ...settings(), OPENID: openid }))
    expect(user).toMatchObject({ openid })
    expect(ip_list.length).toBeGreaterThan(0)
  })
})

it('the platform of wechat-sandbox runs outside of the workspace', async () => {
  folder.write(
    'platform.js',
    `import { startPlatform } from 'wechat-sandbox'
const platform = await startPlatform({ siteOrigin: 'https://www.example.com' })
const { appId, appSecret } = platform.account
const answer = await fetch(platform.url + '/cgi-bin/stable_token', {
  method: 'POST',
  body: JSON.stringify({ grant_type: 'client_credential', appid: appId, secret: appSecret }),
})
console.log((await answer.json()).expires_in)
await platform.close()`,
  )
  expect(Number(await folder.node('platform.js'))).toBeGreaterThan(7000)
})

it('without a registry it is said that there is none', async () => {
  const lonely = emptyFolder()
  try {
    lonely.write('.npmrc', 'registry=http://127.0.0.1:9/\nfetch-retries=0\ncache=./cache\n')
    await expect(lonely.install('is-number@7')).rejects.toThrow(/^No package registry can be reached/)
  } finally {
    lonely.remove()
  }
})

const CONSUMER = `
import { createWechat, memoryStore, onPush, wechatPush, type Wechat } from 'wechat-core'
import { getUser, type User } from 'wechat-core/api'
import { createPlatform, startPlatform } from 'wechat-sandbox'
import { openWechat, type WechatView } from 'wechat-sandbox/testing'
import { call, createJssdk, entryUrl, readPageData, type ShareCard } from 'wechat-web'
import { useWechatShare, type ShareStatus } from 'wechat-web/vue'

const store = memoryStore()
export const wechat: Wechat = createWechat({ appId: 'wx', appSecret: 's', store })
export const user: Promise<User> = getUser(wechat, 'o')
export const push = wechatPush({
  wechat, store, token: 't',
  handlers: [onPush('message.text', ({ content }) => ({ msgType: 'text', content }))],
})
// @ts-expect-error a text message has no picture
onPush('message.text', ({ picUrl }) => void picUrl)

const card: ShareCard = { title: 'Tea', desc: '', imgUrl: '/tea.jpg' }
const jssdk = createJssdk({ window, entryUrl, page: readPageData(document), sign: async () => { throw new Error() } })
export const shared = jssdk.share(card)
export const scanned: Promise<string | undefined> = call(jssdk, 'scanQRCode', { needResult: 1 }).then(({ resultStr }) => resultStr)
// @ts-expect-error there is no such API
void call(jssdk, 'scanQrCode')
export const status = (): ShareStatus => useWechatShare(() => card).status.value

export const platforms = [createPlatform, startPlatform, openWechat]
export type View = WechatView
`
