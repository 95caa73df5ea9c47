// Programs of each language, as people write them, with WeChat's hosts built in. A language that is not on this machine
// is left out, and said to be.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPlatform } from '../../platform/platform.ts'
import { startIntercept, type RunningIntercept } from '../startIntercept.ts'
import { linesOf, type Language } from './languageVariables.ts'
import { WECHAT_HOSTS } from '../wechatHosts.ts'

// A path that a careless line would break at.
const folder = join(mkdtempSync(join(tmpdir(), 'languages-')), "somebody's folder")
const platform = createPlatform({ siteOrigin: 'http://localhost:5180' })
const { appId, appSecret } = platform.account
const QUERY = `grant_type=client_credential&appid=${appId}&secret=${appSecret}`
const TOKEN = `https://api.weixin.qq.com/cgi-bin/token?${QUERY}`
let intercept: RunningIntercept

beforeAll(async () => {
  mkdirSync(folder)
  intercept = await startIntercept(platform, { folder: join(folder, 'ca') })
})
afterAll(async () => {
  await intercept.close()
  rmSync(join(folder, '..'), { recursive: true })
})

const MACHINE = (process.env['PATH'] ?? '')
  .split(delimiter)
  .filter((one) => !one.includes('node_modules'))
  .join(delimiter)
const has = (command: string, ...args: string[]) =>
  spawnSync(command, args, { stdio: 'ignore', env: { ...process.env, PATH: MACHINE } }).status === 0

/** Runs a command in a shell, with the lines of a language as they were printed. */
function run(language: Language, command: string): Promise<{ status: number | null; output: string }> {
  const lines = linesOf(intercept.languages[language])
  const script = `set -a\n${lines.join('\n')}\nset +a\n${command}`
  const env = { PATH: MACHINE, HOME: folder, GOCACHE: join(folder, 'go'), GOFLAGS: '-mod=mod' }
  const child = spawn('sh', ['-c', script], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  return new Promise((done) => child.once('close', (status) => done({ status, output })))
}

const token = expect.stringMatching(/"access_token" ?: ?"/)
const write = (name: string, text: string) => writeFileSync(join(folder, name), text)

describe('Node.js', () => {
  const node = JSON.stringify(process.execPath)
  it('fetch, https.get, an agent of its own, and a socket', async () => {
    write(
      'site.cjs',
      `const https = require('https')
const get = (options) => https.get('${TOKEN}', options, (answer) => answer.pipe(process.stdout, { end: false }))
fetch('${TOKEN}').then((answer) => answer.text()).then(console.log)
get({})
get({ agent: new https.Agent({ keepAlive: true }) })
require('tls').connect(443, 'api.weixin.qq.com', { ALPNProtocols: ['h2', 'http/1.1'] }, function () {
  this.end('GET ${new URL(TOKEN).pathname}?${QUERY} HTTP/1.0\\r\\n\\r\\n')
}).pipe(process.stdout, { end: false })`,
    )
    const { status, output } = await run('Node.js', `${node} site.cjs`)
    expect([status, output.match(/"access_token"/g)?.length]).toEqual([0, 4])
  })

  it('a module that imports connect by its name', async () => {
    write(
      'site.mjs',
      `import { connect } from 'node:tls'
const path = '${new URL(TOKEN).pathname}?${QUERY}'
connect({ port: 443, host: 'api.weixin.qq.com' }, function () { this.end('GET ' + path + ' HTTP/1.0\\r\\n\\r\\n') }).pipe(process.stdout)`,
    )
    expect(await run('Node.js', `${node} site.mjs`)).toEqual({ status: 0, output: token })
  })

  it('other hosts are asked where they are, and not through the sandbox', async () => {
    const other = createServer((_req, res) => res.end('the other host')).listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as { port: number }
    write(
      'site.cjs',
      `require('https').get('https://localhost:${port}', (r) => r.pipe(process.stdout)).on('error', (e) => console.log(e.code))`,
    )
    // It has no certificate at all: what matters is that it was asked.
    const asked = new Promise((done) => other.once('tlsClientError', done))
    await run('Node.js', `${node} site.cjs`)
    await asked
    other.close()
  })

  it('without the file, Node 24 goes through the proxy when told to', async () => {
    write('site.cjs', `fetch('${TOKEN}').then((r) => r.text()).then(console.log)`)
    const lines = `HTTPS_PROXY=${intercept.proxy} NODE_USE_ENV_PROXY=1 NODE_OPTIONS= WECHAT_SANDBOX_PROXY=`
    expect(await run('Node.js', `${lines} ${node} site.cjs`)).toEqual({ status: 0, output: token })
  })

  it('leads every host of WeChat, and no other', () => {
    const source = readFileSync(new URL('./leadNode.cts', import.meta.url), 'utf8')
    const hosts = new RegExp(/const HOSTS = \/(.*)\/i/.exec(source)?.[1] ?? '', 'i')
    expect(WECHAT_HOSTS.filter((host) => !hosts.test(host))).toEqual([])
    for (const other of ['weixin.qq.com', 'xapi.weixin.qq.com', 'api.weixin.qq.com.example.com', 'wx.qq.com'])
      expect(hosts.test(other)).toBe(false)
  })
})

describe.skipIf(!has('python3', '-V'))('Python', () => {
  it('urllib', async () => {
    write('site.py', `import urllib.request\nprint(urllib.request.urlopen('${TOKEN}').read().decode())`)
    expect(await run('Python', 'python3 site.py')).toEqual({ status: 0, output: token })
  })

  it.skipIf(!has('python3', '-c', 'import requests'))('requests', async () => {
    write('site.py', `import requests\nprint(requests.get('${TOKEN}').text)`)
    expect(await run('Python', 'python3 site.py')).toEqual({ status: 0, output: token })
  })
})

describe.skipIf(!has('php', '-v'))('PHP', () => {
  it('a stream', async () => {
    write('site.php', `<?php echo file_get_contents('${TOKEN}');`)
    expect(await run('PHP', 'php site.php')).toEqual({ status: 0, output: token })
  })

  it.skipIf(!has('php', '-r', 'exit(function_exists("curl_init") ? 0 : 1);'))('curl', async () => {
    write(
      'site.php',
      `<?php $c = curl_init('${TOKEN}'); curl_setopt($c, CURLOPT_RETURNTRANSFER, true); echo curl_exec($c), curl_error($c);`,
    )
    expect(await run('PHP', 'php site.php')).toEqual({ status: 0, output: token })
  })
})

it.skipIf(!has('curl', '-V'))('curl', async () => {
  expect(await run('curl', `curl -sS '${TOKEN}'`)).toEqual({ status: 0, output: token })
  const refused = await run(
    'curl',
    'curl -sS https://example.com/ || curl -sS -x $HTTPS_PROXY http://example.com/',
  )
  expect(refused.output).toMatch(/403.*no way to example\.com.*NO_PROXY/s)
})

// They compile first, which takes its time.
describe.runIf(process.env['ALL_LANGUAGES'])('with ALL_LANGUAGES set', () => {
  it.skipIf(!has('go', 'version'))(
    'Go',
    async () => {
      write(
        'site.go',
        `package main\nimport ("fmt"; "io"; "net/http")\nfunc main() { r, err := http.Get("${TOKEN}"); if err != nil { panic(err) }; b, _ := io.ReadAll(r.Body); fmt.Println(string(b)) }`,
      )
      expect(await run('Go', 'go run site.go')).toEqual({ status: 0, output: token })
    },
    300_000,
  )

  it.skipIf(!has('java', '-version'))(
    'Java',
    async () => {
      write(
        'Site.java',
        `import java.net.*; import java.net.http.*;
class Site { public static void main(String[] a) throws Exception {
  System.out.println(HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("${TOKEN}")).build(), HttpResponse.BodyHandlers.ofString()).body());
  System.out.println(new String(new URL("${TOKEN}").openStream().readAllBytes())); } }`,
      )
      const { status, output } = await run('Java', 'java Site.java')
      expect([status, output.match(/"access_token"/g)?.length]).toEqual([0, 2])
    },
    300_000,
  )
})
