// Follows docs/deploying.md block by block, as root, on a machine that is thrown away afterwards: walk.ts is started in
// namespaces of its own (guide.test.ts), and what it writes to lies over this machine's files, in memory.
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  symlinkSync,
} from 'node:fs'
import { once } from 'node:events'
import { delimiter, join } from 'node:path'
import { startPlatform } from 'wechat-sandbox'
import { filledIn, shellBlocks } from './blocks.ts'
import { ask, logIn, type Ask } from './visitor.ts'

const root = join(import.meta.dirname, '../../..')
const HOST = 'h5.example.com'
const SLUG = 'autumn-tea-walk'
const run = (command: string, ...args: string[]) => execFileSync(command, args, { stdio: 'inherit' })

run('ip', 'link', 'set', 'lo', 'up')
run('mount', '-t', 'tmpfs', 'guide', '/srv')
const over = mkdtempSync('/srv/over-')
for (const folder of ['/etc', '/var', '/usr/local', '/root']) {
  const [upper, work] = [join(over, folder, 'upper'), join(over, folder, 'work')]
  for (const one of [upper, work]) mkdirSync(one, { recursive: true })
  const layers = `lowerdir=${folder},upperdir=${upper},workdir=${work}`
  run('mount', '-t', 'overlay', 'guide', '-o', layers, folder)
}
run('mount', '-t', 'tmpfs', 'guide', '/run')
appendFileSync('/etc/hosts', `127.0.0.1 ${HOST} ${execFileSync('hostname', { encoding: 'utf8' })}`)
run('rm', '-f', '/etc/nginx/conf.d/wechat-h5.conf')

const platform = await startPlatform({ siteOrigin: `https://${HOST}` })
const settings: Record<string, string> = {
  PUBLIC_URL: `https://${HOST}`,
  WECHAT_APP_ID: platform.account.appId,
  WECHAT_APP_SECRET: platform.account.appSecret,
  WECHAT_API_URL: platform.url,
  SESSION_SECRET: 'a'.repeat(64),
  HOST: '127.0.0.1',
}
const blanks = { server: 'server', domain: HOST, password: 'secret', time: '' }
const PATH = [
  join(import.meta.dirname, 'programs'),
  '/usr/local/sbin',
  '/usr/local/bin',
  '/usr/sbin',
  '/usr/bin',
  '/sbin',
  '/bin',
]

/** Types a block of the guide; each line has to end well. */
async function type(block = '', cwd = '/root'): Promise<{ code: number; said: string }> {
  const script = filledIn(block, blanks)
  const child = spawn('bash', ['-euo', 'pipefail', '-c', script], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: PATH.join(delimiter),
      HOME: '/root',
      RSYNC_RSH: 'server-shell',
      GUIDE_SETTINGS: Object.entries(settings)
        .map((one) => one.join('='))
        .join('\n'),
    },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)))
  const [code] = (await once(child, 'exit')) as [number]
  return { code, said }
}
async function follow(what: string, block?: string, cwd?: string): Promise<string> {
  const { code, said } = await type(block, cwd)
  assert.equal(code, 0, `${what}:\n${block}\n${said}`)
  process.stdout.write(`followed: ${what}\n`)
  return said
}

const blocks = shellBlocks()
assert.equal(blocks.length, 15, 'The guide has other blocks than this walk knows.')
const [
  local,
  user,
  node,
  copy,
  start,
  nginx,
  ownCertificate,
  caddy,
  second,
  restart,
  ,
  ,
  backup,
  restore,
  move,
] = blocks

await follow('the user', user)
mkdirSync('/root/node-v24-linux-x64/bin', { recursive: true })
cpSync(process.execPath, '/root/node-v24-linux-x64/bin/node')
run('tar', '-cf', '/root/node-v24.0.0-linux-x64.tar.xz', '-C', '/root', 'node-v24-linux-x64')
assert.match(await follow('Node.js', node), /^v2[2-9]/)
// On somebody's own machine: without settings it says what is missing.
const own = mkdtempSync('/root/own-')
symlinkSync(join(root, 'dist'), join(own, 'dist'))
const first = await type(local, own)
assert.equal(first.code, 1)
for (const name of ['PUBLIC_URL', 'WECHAT_APP_ID', 'WECHAT_APP_SECRET', 'SESSION_SECRET'])
  assert.match(first.said, new RegExp(`${name} is missing`))

await follow('the release is copied', copy, root)
assert.match(await follow('settings and service', start), /"?ok"?/i)

let ca = ''
const get = (path: string, options?: Ask) => ask(HOST, ca, path, options)
const isServed = async (what: string) => {
  const page = await get('/articles/first-share-card')
  assert.equal(page.status, 200, what)
  assert.match(page.text, /property="og:title"/, what)
  assert.match(page.text, /"signature"/, what)
}
const readCertificate = () => readFileSync(`/etc/letsencrypt/live/${HOST}/fullchain.pem`, 'utf8')

await follow('nginx', nginx)
ca = readCertificate()
await isServed('behind nginx')
assert.ok(ownCertificate && nginx, 'The guide signs a certificate and starts nginx.')
const [make, fetchPage] = ownCertificate.split(/^(?=curl )/m)
await follow("a certificate of one's own", `rm -r /etc/letsencrypt/live/<domain>\n${make}`)
const reload = nginx.split('\n').filter((line) => !/^(apt-get|certbot) /.test(line))
await follow('nginx with it', reload.join('\n'))
const byHand = `cd /etc/letsencrypt/live/<domain>\n${fetchPage}`
await expectSoon(async () => assert.match(await follow('a page with it', byHand), /<title>/))
ca = readCertificate()
await isServed("with a certificate of one's own")
run('nginx', '-s', 'quit')
// No authority can be asked in here: Caddy signs by itself.
const signedHere = `sed -i 's/^${HOST} {/&\\n  tls internal/' /etc/caddy/Caddyfile\nsystemctl reload caddy`
await follow('Caddy', caddy?.replace('systemctl reload caddy', signedHere))
await expectSoon(() => readFileSync('/root/.local/share/caddy/pki/authorities/local/root.crt', 'utf8'))
ca = readFileSync('/root/.local/share/caddy/pki/authorities/local/root.crt', 'utf8')
await expectSoon(() => isServed('behind Caddy'))
run('caddy', 'stop')

run('nginx')
ca = readCertificate()
const cookie = await logIn(get, platform)
const isLoggedIn = async (when: string) => {
  const { text } = await get('/api/session', { cookie })
  assert.match(text, /"openid"/, `logged in ${when}: ${text}`)
}
const fields = { name: '=1+1', phone: '13800138000', agree: true }
const signup = { method: 'PUT', cookie, body: { fields } }
assert.equal((await get(`/api/articles/${SLUG}/signup`, signup)).status, 201)
const hasSignup = async (when: string) => {
  const { text } = await get(`/api/articles/${SLUG}/signup`, { cookie })
  assert.match(text, /13800138000/, `the sign-up ${when}: ${text}`)
}

await follow('a second process', second)
await follow('both restarted', restart)
await expectSoon(() => isLoggedIn('after the release'))

await follow('backup', backup)
const [time = ''] = readdirSync('/srv/wechat-h5/data/backups')
blanks.time = time
await get(`/api/articles/${SLUG}/signup`, { method: 'DELETE', cookie, body: {} })
await get('/api/session', { method: 'DELETE', cookie, body: {} })
run('sh', '-c', 'PATH="$0:$PATH" systemctl stop wechat-h5-2', PATH[0] ?? '')
await follow('restore', restore)
await expectSoon(() => isLoggedIn('after the restore'))
await hasSignup('after the restore')

run('redis-server', '--daemonize', 'yes', '--save', '')
const [cluster = ''] = readdirSync('/etc/postgresql')
run('mkdir', '-p', '/run/postgresql', '/var/run/postgresql')
run('chown', 'postgres:', '/run/postgresql')
run('pg_ctlcluster', cluster, 'main', 'start')
settings['STORE_URL'] = 'redis://127.0.0.1:6379'
settings['DATABASE_URL'] = `postgres://site:${blanks.password}@127.0.0.1:5432/site`
const moved = await follow('the move to Redis and PostgreSQL', move)
assert.match(moved, /signups: 1 rows/)
run('rm', '/srv/wechat-h5/data/app.db', '/srv/wechat-h5/data/site.db')
await expectSoon(() => isLoggedIn('after the move'))
await hasSignup('after the move')
const list = `cd /srv/wechat-h5 && sudo -u wechat-h5 node app/server.js signups ${SLUG}`
assert.match(await follow('who signed up', list), /13800138000/)

// A new secret in front, as the table at the end says.
settings['SESSION_SECRET'] = `${'b'.repeat(64)},${'a'.repeat(64)}`
await follow('a new secret', 'editor /srv/wechat-h5/.env && systemctl restart wechat-h5')
await expectSoon(() => isLoggedIn('after the new secret'))
await follow('the end', 'systemctl stop wechat-h5')
await platform.close()
process.stdout.write('walked\n')
process.exit(0)

/** A process starts or gives up its port: the front tries again, and so do we. */
async function expectSoon(check: () => unknown): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return void (await check())
    } catch (error) {
      if (tries > 100) throw error
      await new Promise((done) => setTimeout(done, 200))
    }
  }
}
