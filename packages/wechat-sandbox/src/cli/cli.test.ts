import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, it } from 'vitest'

const MAIN = new URL('./main.ts', import.meta.url).pathname
const folder = mkdtempSync(join(tmpdir(), 'cli-'))
const running: ChildProcess[] = []
afterEach(() => running.splice(0).forEach((child) => child.kill('SIGKILL')))
afterAll(() => rmSync(folder, { recursive: true }))

const env = { ...process.env, LC_ALL: 'C', NODE_OPTIONS: '', NODE_NO_WARNINGS: '1' }

/** Runs it to its end. */
const ended = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8', env })
  return { status, stdout, stderr }
}

/** Starts it and waits until it has said what the site needs. */
async function started(...args: string[]) {
  const child = spawn(process.execPath, [MAIN, ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  running.push(child)
  let output = ''
  child.stdout.setEncoding('utf8')
  for await (const chunk of child.stdout) {
    output += chunk
    if (output.includes('Ctrl+C')) break
  }
  const values = Object.fromEntries(
    [...output.matchAll(/^(WECHAT_\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
  )
  return { child, output, values, address: /^Open {2}(\S+)$/m.exec(output)?.[1] ?? '' }
}

it('prints the address to open and one line a value for the site', async () => {
  const { values, address } = await started('localhost:9/shop', '--port', '0')
  expect(Object.keys(values)).toEqual([
    'WECHAT_API_URL',
    'WECHAT_OPEN_URL',
    'WECHAT_JSSDK_URLS',
    'WECHAT_APP_ID',
    'WECHAT_APP_SECRET',
    'WECHAT_TOKEN',
    'WECHAT_ENCODING_AES_KEY',
  ])
  expect(address).toMatch(/^http:\/\/localhost:\d+\/shop$/)
  const { WECHAT_API_URL: api, WECHAT_APP_ID: appid = '', WECHAT_APP_SECRET: secret = '' } = values
  const query = new URLSearchParams({ grant_type: 'client_credential', appid, secret })
  expect(await (await fetch(`${api}/cgi-bin/token?${query}`)).json()).toHaveProperty('access_token')
  expect(await (await fetch(values['WECHAT_JSSDK_URLS'] ?? '')).text()).toContain('jWeixin')
})

it('--intercept: the lines of each language, and a proxy on this machine alone', async () => {
  const caFolder = join(folder, 'ca')
  const { output, child } = await started(
    'localhost:9',
    '--port',
    '0',
    '--intercept',
    '--ca-folder',
    caFolder,
  )
  expect(output.match(/^# .*/gm)).toEqual(
    ['Node.js', 'Python', 'PHP', 'Go', 'Java', 'curl'].map((one) => `# ${one}`),
  )
  expect(output).toMatch(/for WeChat's hosts only[^]*ca\.pem[^]*Nothing installs it\.\nIt is new/)
  expect(statSync(join(caFolder, 'ca-key.pem')).mode & 0o777).toBe(0o600)
  const proxy = new URL(/^HTTPS_PROXY=(.*)$/m.exec(output)?.[1] ?? '')
  // Another address of the same machine, as others would come.
  const outside = connect(Number(proxy.port), '127.0.0.2')
  expect(await once(outside, 'error')).toMatchObject([{ code: 'ECONNREFUSED' }])
  const exit = once(child, 'exit')
  child.kill('SIGTERM')
  expect(await exit).toEqual([0, null])

  chmodSync(caFolder, 0o770)
  expect(ended('localhost:9', '--intercept', '--ca-folder', caFolder)).toEqual({
    status: 1,
    stdout: '',
    stderr: `${caFolder} cannot hold the key of a certificate authority: others may write in it. Say: chmod 700. Or name another: --ca-folder DIR\n`,
  })
}, 60_000)

it.each(['SIGINT', 'SIGTERM'] as const)('ends on %s with 0', async (signal) => {
  const { child } = await started('localhost:9', '--port', '0')
  const exit = once(child, 'exit')
  child.kill(signal)
  expect(await exit).toEqual([0, null])
})

it('takes account, people and permissions from a file', async () => {
  const file = join(folder, 'wechat.yaml')
  writeFileSync(
    file,
    'account: { appId: wxabc, kind: unverified }\npush: { token: shopToken }\npeople: [{ id: mei, nickname: 小美 }]\nmenu: [{ type: click, name: Help, key: HELP }]\n',
  )
  const { values, address } = await started('localhost:9', '--port', '0', '--config', file)
  expect(values).toMatchObject({ WECHAT_APP_ID: 'wxabc', WECHAT_TOKEN: 'shopToken' })
  const state = await (await fetch(new URL('/__wechat/phone/state', address))).json()
  expect(state).toMatchObject({
    person: 'mei',
    people: [{ nickname: '小美' }],
    menu: [{ name: 'Help' }],
    account: { jsDomains: [new URL(address).host], push: { url: 'http://localhost:9/api/wechat' } },
  })
  expect(state.switches).toContainEqual(expect.objectContaining({ name: 'account', value: 'unverified' }))
  expect(await (await fetch(new URL('/__wechat/avatars/mei.svg', address))).text()).toContain('美')
})

it('a port that somebody has is refused with the next one; without --port the next one is taken', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const taken = (other.address() as { port: number }).port
  const { status, stderr, stdout } = ended('localhost:9', '--port', String(taken))
  expect([status, stdout]).toEqual([1, ''])
  expect(stderr).toMatch(new RegExp(`^Port ${taken} is in use\\. Choose another: --port \\d+\n$`))
  other.close()

  const first = await started('localhost:9')
  const second = await started('localhost:9')
  expect(second.address).not.toBe(first.address)
})

it('what is wrong with the command or the file is told on stderr, with 2', () => {
  const file = join(folder, 'wrong.yaml')
  writeFileSync(file, 'account:\n  appSecrt: x\n')
  expect(ended('localhost:9', '--config', file)).toEqual({
    status: 2,
    stdout: '',
    stderr: `${file}:2: account.appSecrt: there is no such field. Did you mean appSecret?\n`,
  })
  expect(ended('localhost:9', '--config', join(folder, 'no.yaml'))).toMatchObject({ status: 2, stdout: '' })
  expect(ended('--prot')).toMatchObject({ status: 2, stdout: '' })
})

it('help and version are asked for, not errors', () => {
  const help = ended('--help')
  expect(help).toMatchObject({ status: 0, stderr: '' })
  for (const option of ['--port', '--config', '--lang', '--intercept', '--ca-folder', '--help', '--version'])
    expect(help.stdout).toContain(option)
  expect(ended('--version')).toEqual({
    status: 0,
    stderr: '',
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  })
  expect(ended('--help', '--lang', 'zh').stdout).toContain('用法')
})
