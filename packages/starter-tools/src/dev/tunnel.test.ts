// Development behind a tunnel: what a stranger gets who asks in every way that Vite answers.
import { randomBytes } from 'node:crypto'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { freePort } from 'wechat-core/testing'
import { startPlatform, type RunningPlatform } from 'wechat-sandbox/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { copyProject, startDev, type RunningDev } from '../testing/runningDev.ts'

const TUNNEL = 'tunnel.example.com'
const MARKER = `planted-${randomBytes(12).toString('hex')}`
// A folder may have a name that a pattern would take for signs.
const root = realpathSync(mkdtempSync(join(tmpdir(), 'tunnel+(a)-')))
let platform: RunningPlatform

const WRITTEN = [
  '.env.local',
  '.git/config',
  'apps/web/.env',
  'apps/web/local.db',
  'apps/web/src/.env.local',
  'apps/web/src/key.pem',
  'apps/web/src/planted.db',
  'apps/web/src/planted.db-wal',
  'content/.env',
  'data/notes.md',
  'data/page.html',
  'data/picture.svg',
  'data/planted.db',
  'data/planted.db-wal',
  'data/script.js',
  'data/session-secret',
  'data/style.css',
  'packages/wechat-web/.env',
  'packages/wechat-web/src/key.pem',
]
const APPENDED = [
  'apps/server/src/app.ts',
  'apps/web/vite.config.ts',
  'e2e/world.ts',
  'packages/wechat-core/src/index.ts',
  'packages/wechat-sandbox/src/index.ts',
  'packages/wechat-web/vite.config.ts',
  'packages/starter-tools/src/dev/dev.ts',
]

beforeAll(async () => {
  platform = await startPlatform({ siteOrigin: `https://${TUNNEL}` })
  copyProject(root)
  for (const name of WRITTEN) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), `/* ${MARKER} */`)
  }
  for (const name of APPENDED) appendFileSync(join(root, name), `\n// ${MARKER}\n`)
  writeFileSync(join(root, '.env'), `# ${MARKER}\n`)
  symlinkSync('../../../data', join(root, 'apps/web/src/link'))
  symlinkSync('../../../data', join(root, 'apps/web/public/link'))
  symlinkSync('../data/notes.md', join(root, 'content/link.txt'))
}, 60_000)
afterAll(async () => {
  await platform.close()
  rmSync(root, { recursive: true })
})

/** Every way to name a file that Vite knows or has known, for one file. */
const waysTo = (file: string): string[] => {
  const absolute = `${root}/${file}`
  const up = `../../${file}`
  return [
    `/@fs${absolute}`,
    `/@fs/${absolute}`,
    ...[
      'raw',
      'url',
      'inline',
      'import',
      'import&raw',
      'import&url',
      'raw?',
      'url&raw',
      'worker',
      'sharedworker',
    ].map((query) => `/@fs${absolute}?${query}`),
    `/@fs${absolute}?raw??`,
    `/@fs${absolute}?import&?raw`,
    `/@fs${absolute}?import&raw=.svg`,
    `/@fs${absolute}?.svg?.wasm?init`,
    `/@fs${absolute}?x=.css&direct`,
    `/@fs${absolute}?html-proxy&index=0.js`,
    `/@fs${absolute}?t=1`,
    `/@fs${absolute}?v=1`,
    `/@fs${absolute}/`,
    `/@fs${absolute}.map`,
    `/@fs${absolute}%00.js`,
    `/@fs${absolute}?%00.js`,
    `/@fs${absolute}%23.js?raw`,
    `/@fs${absolute}::$DATA?raw`,
    `/@fs${absolute.toUpperCase()}`,
    `/@FS${absolute}`,
    `/%40fs${absolute}`,
    `/@fs${root}/apps/web/src/../../../${file}`,
    `/@fs${root}/apps/web/src/%2e%2e/%2e%2e/%2e%2e/${file}?raw`,
    `/@fs${root}/apps/web/src/..%2f..%2f..%2f${file}?raw`,
    `/@fs${root}/apps/web/src/..%5c..%5c..%5c${file}?raw`,
    `/@fs${root}/apps/web/src/..\\..\\..\\${file}?raw`,
    `/@fs${root}/apps/web/src/%252e%252e/%252e%252e/%252e%252e/${file}`,
    `/@id/${absolute}`,
    `/@id/${absolute}?raw`,
    `/@id/__x00__${absolute}?raw`,
    `/@id/__x00__${absolute}?url`,
    `/@id/__x00__${absolute}`,
    `/@id/@fs${absolute}?raw`,
    `/@id/file://${absolute}?raw`,
    `/${up}`,
    `/${up}?raw`,
    `//${up}`,
    `/src/../../../${file}?import&raw`,
    `/src/%2e%2e/%2e%2e/%2e%2e/${file}`,
    `/src/..%2f..%2f..%2f${file}?url`,
    `/.%2e/.%2e/${file}`,
    `/%2e%2e%2f%2e%2e%2f${file}?raw`,
    `/..%252f..%252f${file}`,
    `/..\\..\\${file}`,
    `/@vite/../../../${file}`,
    `/node_modules/.vite/deps/../../../../../${file}`,
    `/node_modules/.vite/deps/../../../../../${file}.map`,
    `/@content/../${file}`,
    `/@/../../../${file}?raw`,
    `${absolute}`,
    `${absolute}?raw`,
    `${absolute}?import&raw`,
    `http://localhost/@fs${absolute}?raw`,
    `http://${TUNNEL}/@fs${absolute}`,
    `file://${absolute}`,
  ]
}

const SECRETS = ['data/session-secret', 'data/planted.db-wal', '.env', 'apps/server/src/app.ts']
const OTHER_WAYS = [
  ...[...WRITTEN, ...APPENDED].flatMap((file) => [
    `/@fs${root}/${file}`,
    `/@fs${root}/${file}?raw`,
    `/../../${file}?url`,
  ]),
  '/vite.config.ts',
  '/vite.config.ts?raw',
  '/local.db?url',
  '/local.db?raw',
  '/.env?raw',
  '/src/.env.local',
  '/src/.env.local?raw',
  '/src/.ENV.local?import&raw',
  '/src/key.pem?raw',
  '/src/KEY.PEM?raw',
  '/src/planted.db',
  '/src/planted.db?import&raw',
  '/src/planted.db-wal?inline',
  '/src/link/notes.md',
  '/src/link/notes.md?raw',
  '/src/link/session-secret?url&inline',
  '/src/link/script.js',
  '/src/link/style.css?direct',
  '/src/link/page.html',
  '/link/notes.md',
  '/link/notes.md?raw',
  '/link/picture.svg?import&inline',
  `/@fs${root}/content/link.txt`,
  `/@fs${root}/content/link.txt?raw`,
  `/@fs${root}/node_modules/wechat-core/src/index.ts`,
  `/@fs${root}/node_modules/wechat-core/src/index.ts?raw`,
  `/@fs${root}/node_modules/.pnpm/node_modules/wechat-core/src/index.ts?raw`,
  `/@fs${root}/apps/server/node_modules/wechat-core/src/index.ts`,
  '/@id/wechat-core',
  '/@id/wechat-core?raw',
  '/@id/wechat-sandbox/testing',
  '/@id/../../data/script.js',
  '/@id/@content/../data/script.js?raw',
  '/@content/../data/script.js',
  '/../../data/page.html',
  '/..%2f..%2fdata%2fpage.html',
  '/@fs/etc/passwd',
  '/@fs/etc/passwd?raw',
  '/@fs/proc/self/environ?raw',
]
const HEADERS: Record<string, string>[] = [
  { host: TUNNEL },
  { host: TUNNEL, 'sec-fetch-dest': 'script' },
  { host: TUNNEL, 'sec-fetch-dest': 'iframe', accept: 'text/html' },
  { host: TUNNEL, accept: 'text/css' },
  { host: 'localhost' }, // what a tunnel says that puts its own name in
]
const OUTSIDE: Record<string, string>[] = [
  { host: TUNNEL },
  { host: 'localhost', 'x-forwarded-for': '203.0.113.9' },
  { host: 'localhost', 'sec-fetch-site': 'cross-site' },
]

describe.each(['with the sandbox', 'with an account'])('%s', (mode) => {
  let dev: RunningDev
  let port: number
  const editor = join(root, `editor ${mode}`)

  beforeAll(async () => {
    port = await freePort()
    const account = {
      WECHAT_APP_ID: platform.account.appId,
      WECHAT_APP_SECRET: platform.account.appSecret,
      WECHAT_API_URL: platform.url,
    }
    writeFileSync(`${editor}.sh`, `#!/bin/sh\ntouch '${editor}'\n`, { mode: 0o700 })
    dev = await startDev({
      root,
      env: {
        PUBLIC_URL: `https://${TUNNEL}`,
        PORT: String(await freePort()),
        LAUNCH_EDITOR: `${editor}.sh`,
        ...(mode === 'with an account' ? account : {}),
      },
      flags: ['--port', String(port)],
    })
  }, 60_000)
  afterAll(() => dev.stop())

  it('a stranger sees the site and its source', async () => {
    const seen = new Set(['/', '/me', '/covers/default.jpg', '/api/session', '/src/main.ts'])
    for (const path of seen) {
      const answer = await ask(port, path, { host: TUNNEL })
      expect(answer, path).toMatch(/^HTTP\/1.1 200 /)
      // What a module imports, and so on, to the last one.
      for (const [, , next = ''] of answer.matchAll(/(from|import\(|import) ?"(\/[^"]+)"/g)) seen.add(next)
    }
    expect(seen.size).toBeGreaterThan(50)
    expect([...seen].join()).toMatch(/\.vite\/deps.*\/@id\/__x00__plugin-vue/s)
  })

  it.each(SECRETS)(
    'no stranger reads %s',
    async (file) => {
      expect(await leaks(waysTo(file))).toEqual([])
    },
    60_000,
  )

  it('no other way leads to a file either', async () => {
    expect(await leaks(OTHER_WAYS)).toEqual([])
  }, 60_000)

  it('nobody outside starts an editor', async () => {
    const path = '/__open-in-editor?file=/etc/hostname'
    for (const headers of OUTSIDE) {
      expect(await ask(port, path, headers)).toMatch(/^HTTP\/1.1 40[34] /)
      expect(await ask(port, `/__OPEN-in-editor${path.slice(16)}`, headers)).not.toMatch(/^HTTP\/1.1 200 /)
      expect(await ask(port, `/x/..${path}`, headers)).not.toMatch(/^HTTP\/1.1 200 /)
    }
    expect(existsSync(editor)).toBe(false)
    // A tunnel of bare TCP brings what a stranger writes: behind one, these are not this machine's own.
    for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, '[::1]'])
      expect(await ask(port, path, { host, 'sec-fetch-site': 'same-origin' })).toMatch(/^HTTP\/1.1 40[34] /)
    expect(existsSync(editor)).toBe(false)
  })

  it('the socket of hot reload hands out no file', async () => {
    const answers: string[] = []
    const socket = new WebSocket(`ws://127.0.0.1:${port}/`, 'vite-hmr')
    socket.onmessage = ({ data }) => answers.push(String(data))
    await new Promise((done) => (socket.onopen = done))
    const files = SECRETS.flatMap((file) => [
      `${root}/${file}`,
      `/@fs${root}/${file}`,
      `file://${root}/${file}`,
    ])
    files
      .flatMap((file) => [file, `${file}?raw`, `${file}?inline`])
      .forEach((file, at) => {
        const data = { name: 'fetchModule', id: `send:${at}`, data: [file, undefined, {}] }
        socket.send(JSON.stringify({ type: 'custom', event: 'vite:invoke', data }))
      })
    socket.send(
      JSON.stringify({
        type: 'custom',
        event: 'vite:invoke',
        data: { name: 'getBuiltins', id: 'send:last', data: [] },
      }),
    )
    await expect.poll(() => answers.join()).toContain('response:last')
    socket.close()
    expect(answers.join()).not.toContain(MARKER)
  })

  async function leaks(paths: string[]): Promise<string[]> {
    const found: string[] = []
    for (const path of paths) {
      const answers = await Promise.all(HEADERS.map((headers) => ask(port, path, headers)))
      answers.forEach((answer, at) => {
        const plain =
          answer + Buffer.from(/base64,([\w+/]+)/.exec(answer)?.[1] ?? '', 'base64').toString('latin1')
        if (plain.includes(MARKER) || /root:x:0|PATH=/.test(plain))
          found.push(`${path} ${JSON.stringify(HEADERS[at])}`)
      })
    }
    return found
  }
})

/** The whole answer to a request whose path goes out exactly as it stands here. */
function ask(port: number, path: string, headers: Record<string, string>): Promise<string> {
  return new Promise((done, fail) => {
    const socket = connect(port, '127.0.0.1')
    const lines = Object.entries({ ...headers, connection: 'close' }).map(
      ([name, value]) => `${name}: ${value}\r\n`,
    )
    socket.write(`GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`)
    let answer = ''
    socket.setEncoding('latin1').on('data', (chunk: string) => (answer += chunk))
    socket.on('end', () => done(answer)).on('error', fail)
    socket.setTimeout(10_000, () => fail(new Error(`no answer to ${path}`)))
  })
}
