// The sandbox as somebody gets it: its tarball, installed by npm in an empty folder, on the Node.js that the machine has.
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, get, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'

const PACKAGE = join(import.meta.dirname, '../../packages/wechat-sandbox')
const folder = mkdtempSync(join(tmpdir(), 'command-'))
// The workspace brings a Node.js of its own; the machine's is the one that strangers have.
const PATH = (process.env['PATH'] ?? '')
  .split(delimiter)
  .filter((one) => !one.includes('node_modules'))
  .join(delimiter)
const machine = { ...process.env, PATH, NODE_OPTIONS: '', LC_ALL: 'C' }
let site: Server
let sandbox: ChildProcess | undefined

beforeAll(async () => {
  writeFileSync(join(folder, 'package.json'), '{ "private": true }')
  const [tarball = ''] = inject('tarballs').filter((path) => path.includes('wechat-sandbox-'))
  expect(statSync(tarball).size).toBeLessThan(420_000)
  const args = ['install', '--prefer-offline', '--no-audit', '--no-fund', '--engine-strict', tarball]
  execFileSync('npm', args, { cwd: folder, env: machine, stdio: ['ignore', 'pipe', 'pipe'] })
  site = createServer((_req, res) => {
    res.setHeader('content-type', 'text/html').end('<!doctype html><title>a site</title>')
  }).listen(0, '127.0.0.1')
  await once(site, 'listening')
}, 180_000)
afterAll(() => {
  sandbox?.kill('SIGKILL')
  site?.close()
  rmSync(folder, { recursive: true, force: true })
})

const frame = (url: string): Promise<string> =>
  new Promise((done, fail) => {
    get(url, { headers: { 'sec-fetch-dest': 'iframe' } }, (answer) => {
      let body = ''
      answer.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
      answer.on('end', () => done(body))
    }).on('error', fail)
  })

it('the command stands in front of a site, with everything that the phone needs', async () => {
  const address = site.address()
  const url = `http://localhost:${typeof address === 'object' ? address?.port : 0}`
  const command = join(folder, 'node_modules/.bin/wechat-sandbox')
  sandbox = spawn(command, [url, '--port', '0'], { env: machine, stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  for await (const chunk of sandbox.stdout ?? []) if ((output += String(chunk)).includes('Ctrl+C')) break
  const open = /^Open {2}(\S+)$/m.exec(output)?.[1] ?? ''
  const page = await frame(open)
  expect(page.replace(/<script src="\/__wechat\/bridge\.js[^>]*><\/script>/, '')).toBe(
    '<!doctype html><title>a site</title>',
  )
  expect(page).toContain('bridge.js')
  const bridge = /src="([^"]+)"/.exec(page)?.[1] ?? ''
  expect(await (await fetch(new URL(bridge, open))).text()).toContain('installBridge({')
  const sources = readdirSync(join(PACKAGE, 'src/phone/app')).filter((name) => !name.includes('.test.'))
  for (const name of sources.filter((one) => !one.endsWith('.html')))
    expect([
      name,
      (await fetch(new URL(`/__wechat/phone/${name.replace(/\.ts$/, '.js')}`, open))).status,
    ]).toEqual([name, 200])
  expect(await (await fetch(/^WECHAT_JSSDK_URLS=(.*)$/m.exec(output)?.[1] ?? '')).text()).toContain('jWeixin')
}, 30_000)

it('with --intercept a program on that Node asks WeChat, and the sandbox answers', async () => {
  const command = join(folder, 'node_modules/.bin/wechat-sandbox')
  const args = ['localhost:9', '--port', '0', '--intercept', '--ca-folder', join(folder, 'ca')]
  const child = spawn(command, args, { env: machine, stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  for await (const chunk of child.stdout ?? []) if ((output += String(chunk)).includes('Ctrl+C')) break
  const [, lines = ''] = /# Node\.js\n([^]*?)\n\n/.exec(output) ?? []
  const given = Object.fromEntries(
    [...lines.matchAll(/^(\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
  )
  const program = `
    const https = require('https')
    https.get('https://api.weixin.qq.com/cgi-bin/token', (answer) => answer.pipe(process.stdout))
    fetch('https://sz.api.weixin.qq.com/cgi-bin/token').then((answer) => answer.text()).then(console.log)`
  const told = execFileSync('node', ['--eval', program], { env: { ...machine, ...given }, encoding: 'utf8' })
  child.kill('SIGKILL')
  expect(told.match(/"errcode":\d+/g)).toHaveLength(2)
}, 60_000)

it('a mistake in the file ends it with 2, and its line', () => {
  writeFileSync(join(folder, 'wechat.yaml'), 'account:\n  apId: wx1\n')
  const command = join(folder, 'node_modules/.bin/wechat-sandbox')
  const options = { cwd: folder, env: machine, encoding: 'utf8' } as const
  const { status, stderr } = spawnSync(command, ['localhost:9', '--config', 'wechat.yaml'], options)
  expect([status, stderr]).toEqual([
    2,
    'wechat.yaml:2: account.apId: there is no such field. Did you mean appId?\n',
  ])
})

it('the library starts a platform, and has its types', () => {
  const program = `
    import { startPlatform } from 'wechat-sandbox'
    const platform = await startPlatform({ siteOrigin: 'https://h5.example.com' })
    console.log((await fetch(platform.url + '/cgi-bin/token')).status)
    await platform.close()`
  const options = { cwd: folder, env: machine, encoding: 'utf8' } as const
  expect(execFileSync('node', ['--input-type=module', '--eval', program], options)).toBe('200\n')
  for (const entry of ['index', 'testing/index'])
    expect(existsSync(join(folder, `node_modules/wechat-sandbox/dist/${entry}.d.ts`))).toBe(true)
})

it('nothing that only tests use is in it', () => {
  const files = readdirSync(join(folder, 'node_modules/wechat-sandbox'), {
    encoding: 'utf8',
    recursive: true,
  })
  expect(files.filter((name) => !name.startsWith('node_modules') && /\.(test|testing)\./.test(name))).toEqual(
    [],
  )
  expect(files).toContain('README.md')
})
