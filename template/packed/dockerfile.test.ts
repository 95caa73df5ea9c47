// No Docker is needed to see whether the Dockerfile leads to a site: its steps are commands, run in an empty folder, and what
// they leave is started as the image would, by another user, in a tree that nobody can write to.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { freePort } from 'wechat-core/testing'
import { startPlatform } from 'wechat-sandbox'
import { readDockerfile, variablesOf, type Step } from '../deploy/dockerSteps.ts'

const root = join(import.meta.dirname, '../..')
const image = mkdtempSync(join(tmpdir(), 'image-'))
const isRoot = process.getuid?.() === 0
const [, build, last] = readDockerfile(readFileSync(join(root, 'Dockerfile'), 'utf8'))
afterAll(() => rmSync(image, { recursive: true, force: true }))

it('leaves a site that runs', { timeout: 600_000 }, async () => {
  // What .dockerignore lets in is what git knows, but for nothing that matters here.
  const files = spawnSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).stdout.trim().split('\n')
  const context = join(image, 'context')
  for (const file of files.filter((name) => existsSync(join(root, name)))) {
    mkdirSync(dirname(join(context, file)), { recursive: true })
    cpSync(join(root, file), join(context, file))
  }
  for (const step of build?.steps ?? []) follow(step, context)
  for (const step of last?.steps ?? []) follow(step, context)
  expect(statSync(inImage('/data')).uid).toBe(isRoot ? 1000 : process.getuid?.())
  rmSync(inImage('/src'), { recursive: true }) // the stage before is no part of the image
  rmSync(context, { recursive: true })
  spawnSync('chmod', ['-R', 'a-w,a+rX', inImage('/app')])
  spawnSync('chmod', ['a+x', image])

  const platform = await startPlatform({ siteOrigin: 'https://h5.example.com' })
  const env = {
    PATH: process.env['PATH'],
    ...settings(last?.steps ?? []),
    PORT: String(await freePort()),
    HOST: '127.0.0.1',
    PUBLIC_URL: 'https://h5.example.com',
    WECHAT_APP_ID: platform.account.appId,
    WECHAT_APP_SECRET: platform.account.appSecret,
    WECHAT_API_URL: platform.url,
    SESSION_SECRET: '0123456789abcdef0123456789abcdef',
  }
  const asUser = { cwd: inImage('/data'), env, ...(isRoot ? { uid: 1000, gid: 1000 } : {}) }
  const [command = '', ...args] = listed('CMD')
  const site = spawn(command, args, { ...asUser, stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const health = () =>
      spawnSync(listed('HEALTHCHECK')[0] ?? '', listed('HEALTHCHECK').slice(1), asUser).status
    await expect.poll(health, { timeout: 60_000 }).toBe(0)
    const page = await fetch(`http://127.0.0.1:${env.PORT}/`)
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('property="og:title"')
    expect(existsSync(inImage('/data/app.db'))).toBe(true)
  } finally {
    const ended = once(site, 'exit')
    site.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
    await platform.close()
  }
})

const inImage = (path: string): string => join(image, path)
/** Paths of the image, in a command, as they are on this machine. */
const placed = (text: string): string =>
  text.replaceAll(/(?<=^|[\s"=:])\/(src|app|data)(?=[/\s"]|$)/g, (path) => inImage(path))

function follow({ word, rest }: Step, context: string): void {
  if (word === 'WORKDIR') mkdirSync(inImage(rest), { recursive: true })
  if (word === 'COPY' && rest === '. .') cpSync(context, inImage('/src'), { recursive: true })
  if (word === 'COPY' && rest.startsWith('--from=')) {
    const [, from = '', to = ''] = rest.split(' ')
    cpSync(inImage(from), inImage(to), { recursive: true })
  }
  if (word !== 'RUN') return
  const isBuild = existsSync(inImage('/src'))
  const command = isRoot ? placed(rest) : placed(rest).replace(/ && chown .*/, '')
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], {
    cwd: isBuild ? inImage('/src') : image,
    encoding: 'utf8',
    env: { ...process.env, CI: '1' },
  })
  expect({ status, said: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, said: '' })
}

const settings = (steps: Step[]): Record<string, string> =>
  Object.assign(
    {},
    ...steps.filter(({ word }) => word === 'ENV').map(({ rest }) => variablesOf(placed(rest))),
  )

/** The list that a step holds: a command and its arguments. */
function listed(word: string): string[] {
  const rest = last?.steps.find((step) => step.word === word)?.rest ?? ''
  const list: string[] = JSON.parse(rest.slice(rest.indexOf('[')))
  return list.map(placed)
}
