// The examples, and a site of somebody else, behind the sandbox of the tarball on Node 20: the right card on both
// systems, and a login. Each is driven over HTTP alone. What this machine has no interpreter for is left out, and named.
import { spawnSync } from 'node:child_process'
import { cpSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { findBrowser } from 'wechat-sandbox'
import { emptyFolder, type EmptyFolder } from './emptyFolder.ts'
import { EXPRESS_SITE } from './strangeSite.ts'
import { startUnderSandbox, type Command, type UnderSandbox } from './underSandbox.ts'

const ROOT = join(import.meta.dirname, '../..')
const runs = (command: string, ...args: string[]) => spawnSync(command, args).status === 0

const browser = findBrowser(process.env)
const python = ['python3', 'python'].find((name) =>
  runs(name, '-c', 'import sys; sys.exit(sys.version_info < (3, 9))'),
)
const php = ['php'].find((name) => runs(name, '-r', 'exit(PHP_VERSION_ID < 80100 ? 1 : 0);'))

let sandbox: EmptyFolder
let site: EmptyFolder
beforeAll(async () => {
  const tarballs = inject('tarballs')
  const of = (...names: string[]) =>
    tarballs.filter((path) => names.some((name) => path.includes(`${name}-`)))
  sandbox = emptyFolder()
  await sandbox.install('node@20', ...of('wechat-sandbox'))
  site = emptyFolder()
  for (const name of ['php', 'python', 'plain'])
    cpSync(join(ROOT, 'examples', name), join(site.path, name), {
      recursive: true,
      filter: (source) => !/[\\/](data|node_modules|__pycache__)$/.test(source),
    })
  await site.install('node@22', 'express@4', 'wechat-jssdk@5', ...of('wechat-core', 'wechat-web'))
  site.write('express.js', EXPRESS_SITE)
}, 300_000)
afterAll(() => {
  sandbox.remove()
  site.remove()
})

const SITES: [name: string, isHere: boolean, start: (port: string) => Command][] = [
  [
    'examples/php',
    php !== undefined,
    (port) => ({
      command: php ?? '',
      args: ['-S', `127.0.0.1:${port}`, '-t', 'public', 'public/index.php'],
      cwd: join(site.path, 'php'),
    }),
  ],
  [
    'examples/python',
    python !== undefined,
    () => ({ command: python ?? '', args: ['site.py'], cwd: join(site.path, 'python') }),
  ],
  [
    'examples/plain',
    true,
    () => ({ command: site.bin('node'), args: ['server.js'], cwd: join(site.path, 'plain') }),
  ],
  [
    'Express 4 with wechat-jssdk',
    true,
    () => ({ command: site.bin('node'), args: ['express.js'], cwd: site.path }),
  ],
]

it('what is left out is named', () => {
  const missing = SITES.flatMap(([name, isHere]) => (isHere ? [] : [name]))
  if (!browser) missing.push('all that needs a page: there is no Chromium, and CHROMIUM_PATH names none')
  for (const name of missing) process.stderr.write(`Not run on this machine: ${name}\n`)
  // On the machines that decide, nothing is.
  if (process.env['CI']) expect(missing).toEqual([])
})

describe.each(SITES)('%s', (name, isHere, start) => {
  let running: UnderSandbox
  beforeAll(async () => {
    if (isHere) running = await startUnderSandbox(sandbox, start)
  })
  afterAll(() => running?.close())

  const isOurs = name.startsWith('examples/')
  it.runIf(isHere && isOurs)(
    'asks for one ticket, however many ask at once; signs its own pages only',
    async () => {
      const signature = (url: string) => fetch(`${running.siteUrl}/signature?url=${encodeURIComponent(url)}`)
      const signed = await Promise.all(Array.from({ length: 20 }, () => signature(`${running.origin}/`)))
      expect(signed.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200))
      expect(await asked(running)).toEqual(['/cgi-bin/stable_token', '/cgi-bin/ticket/getticket'])
      for (const foreign of ['https://evil.example/', `${running.origin}.evil.example/`, ''])
        expect([foreign, (await signature(foreign)).ok]).toEqual([foreign, false])
    },
  )

  it.runIf(isHere && browser).each(['ios', 'android'])(
    '%s: the card is right, for the first reader and the next',
    async (os) => {
      const { control, origin } = running
      await control('/open', { url: '/?color=green#top', as: 'xiaoqing', os })
      expect(await control('/config')).toMatchObject({ ok: true, url: `${origin}/?color=green#top` })
      const card = await control('/share', { target: 'appmessage', wait: 10 })
      expect(card).toMatchObject({
        title: '秋天的茶',
        link: `${origin}/`,
        imgUrl: `${origin}/share.png`,
        source: 'update',
      })
      await control('/open', { url: card['opens'], as: 'lin' })
      expect(await control('/config')).toMatchObject({ ok: true })
    },
    60_000,
  )

  it.runIf(isHere && browser)(
    'a person logs in, and is known by the openid',
    async () => {
      const { control, values, siteUrl } = running
      await control('/open', { url: '/', as: 'amu', os: 'ios' })
      await control('/tap', { text: '登录' })
      const { text } = await control('/page?text=已登录')
      const openid = /o[\w-]{27}/.exec(String(text))?.[0]
      await control('/act', { kind: 'text', content: 'hello' })
      expect(Object.values(await control('/conversation?as=amu'))).toContainEqual(
        expect.objectContaining({ openid }),
      )
      for (const page of ['/', '/signature?url=' + encodeURIComponent(`${running.origin}/`)]) {
        const answer = await (await fetch(siteUrl + page)).text()
        expect(answer).not.toContain(values['WECHAT_APP_SECRET'])
      }
    },
    60_000,
  )

  const cache = { 'examples/php': 'php/data', 'examples/python': 'python/data' }[name]
  it.runIf(isHere && browser && cache)(
    'a ticket that somebody else has ended is replaced, once a minute',
    async () => {
      const { control, siteUrl, origin } = running
      const tickets = async () => (await asked(running)).filter((path) => path.endsWith('/getticket')).length
      await control('/activity/clear', {})
      await control('/credentials', { event: 'ticket ended' })
      const refused = `${siteUrl}/signature?refused=1&url=${encodeURIComponent(origin)}`
      expect((await fetch(refused)).status).toBe(200)
      expect(await tickets()).toBe(0) // the last one is not a minute old
      const folder = join(site.path, cache ?? '')
      const [file = ''] = readdirSync(folder).filter((one) => one.endsWith('.json'))
      const known = JSON.parse(readFileSync(join(folder, file), 'utf8')) as object
      site.write(join(cache ?? '', file), JSON.stringify({ ...known, fetchedAt: 0 }))
      await control('/open', { url: '/', os: 'ios' })
      await expect.poll(async () => (await control('/config'))['ok'], { timeout: 20_000 }).toBe(true)
      expect(await tickets()).toBe(1)
      expect((statSync(join(folder, file)).mode & 0o777).toString(8)).toBe('600')
    },
    60_000,
  )

  it.runIf(isHere && browser)(
    'the page that asks whether one wants to log in is answered',
    async () => {
      const { control, origin, values } = running
      const ask = new URLSearchParams({
        appid: values['WECHAT_APP_ID'] ?? '',
        redirect_uri: `${origin}/`,
        response_type: 'code',
        scope: 'snsapi_userinfo',
        state: 'x',
      })
      await control('/open', {
        url: `/__wechat/connect/oauth2/authorize?${ask}#wechat_redirect`,
        os: 'android',
      })
      const { url } = await control('/login', { allow: true, as: 'lin' })
      expect(url).toMatch(/\/\?code=[\w-]+&state=x/)
      expect(await control('/state')).toMatchObject({ person: 'lin' })
    },
    60_000,
  )

  it.runIf(isHere && isOurs)('a login that nobody began is refused', async () => {
    const answer = await fetch(`${running.siteUrl}/callback?code=stolen&state=guessed`, {
      redirect: 'manual',
    })
    expect(answer.status).toBe(400)
  })
})

describe('the guide of the sandbox', () => {
  it
    .runIf(browser && runs('bash', '-c', 'command -v curl'))
    .each(['docs/sandbox.md', 'docs/zh-CN/sandbox.md'])(
    '%s: a whole test with curl',
    async (guide) => {
      const script = /^```sh\n(#!\/bin\/bash\n.*?)^```$/ms.exec(readFileSync(join(ROOT, guide), 'utf8'))?.[1]
      const start = SITES[2]?.[2]
      if (!script || !start) throw new Error(`${guide} has no script`)
      // Of another sandbox, whose tickets are worth nothing here.
      rmSync(join(site.path, 'plain/data'), { recursive: true, force: true })
      const running = await startUnderSandbox(sandbox, start)
      try {
        site.write('test.sh', script)
        const env = { ...process.env, PHONE: `${running.origin}/__wechat/phone` }
        const { stdout, stderr, status } = spawnSync('bash', ['test.sh'], {
          cwd: site.path,
          env,
          encoding: 'utf8',
        })
        expect({ stdout, stderr, status }).toMatchObject({ stdout: 'all passed\n', status: 0 })
      } finally {
        running.close()
      }
    },
    60_000,
  )
})

/** What the site has asked of the API, without its logins. */
async function asked({ control }: UnderSandbox): Promise<string[]> {
  const log = Object.values(await control('/activity')) as { kind: string; call?: { path: string } }[]
  return log.flatMap(({ kind, call }) => (kind === 'api' && call ? [call.path] : []))
}
