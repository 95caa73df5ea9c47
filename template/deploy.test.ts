// The files with which a site is put on a server: what they set is known, and each program reads its own.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { ENV_NAMES, parseEnv } from '@app/server/env'
import { afterAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { OPERATING } from 'starter-tools/testing'
import { readDockerfile, variablesOf } from './deploy/dockerSteps.ts'

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'deploy-'))
afterAll(() => rmSync(folder, { recursive: true }))

const KNOWN = new Set(ENV_NAMES)
const REQUIRED = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://h5.example.com',
  WECHAT_APP_ID: 'wx0123456789abcdef',
  WECHAT_APP_SECRET: 'x',
  SESSION_SECRET: '0123456789abcdef0123456789abcdef',
}

describe('Dockerfile', () => {
  const stages = readDockerfile(read('Dockerfile'))
  const last = stages.at(-1)?.steps ?? []

  it('builds in one stage, and leaves in the other the release alone, for a user who is not root', () => {
    expect(stages.map(({ name }) => name)).toEqual(['', 'build', 'last'])
    expect(last.filter(({ word }) => word === 'COPY')).toEqual([
      { word: 'COPY', rest: '--from=build /src/dist /app' },
    ])
    expect(last.find(({ word }) => word === 'USER')?.rest).toBe('1000:1000')
    expect(last.find(({ word }) => word === 'VOLUME')?.rest).toBe('/data')
    expect(last.find(({ word }) => word === 'HEALTHCHECK')?.rest).toContain('"health"')
  })

  it('sets what the server knows', () => {
    const set = last.filter(({ word }) => word === 'ENV').map(({ rest }) => variablesOf(rest))
    const env = Object.assign({}, ...set) as Record<string, string>
    for (const name of Object.keys(env)) expect(KNOWN).toContain(name)
    expect(parseEnv({ ...REQUIRED, ...env }).env.storeUrl).toBe('sqlite:/data/app.db')
  })

  it('.dockerignore keeps secrets, data and what is built elsewhere out', () => {
    const lines = read('.dockerignore').split('\n')
    for (const one of ['.env', 'data', '.git', '**/node_modules', '**/dist']) expect(lines).toContain(one)
  })
})

const compose = z.object({
  services: z.record(
    z.string(),
    z.object({
      build: z.string().optional(),
      environment: z.record(z.string(), z.string()).optional(),
      read_only: z.boolean().optional(),
      ports: z.array(z.string()).optional(),
      volumes: z.array(z.string()).optional(),
      depends_on: z.union([z.array(z.string()), z.record(z.string(), z.unknown())]).optional(),
    }),
  ),
  volumes: z.record(z.string(), z.unknown()),
})

describe.each([
  ['compose.yaml', ['app1', 'app2']],
  ['compose.sqlite.yaml', ['app']],
])('%s', (file, apps) => {
  const { services, volumes } = compose.parse(
    parse(read(file).replaceAll(/\$\{\w+:\?[^}]*\}/g, 'given'), { merge: true }),
  )
  const built = Object.entries(services).filter(([, { build }]) => build === '.')

  it('runs the app behind a front, which alone can be reached', () => {
    expect(built.map(([name]) => name)).toEqual(apps)
    expect(Object.entries(services).flatMap(([name, { ports }]) => (ports ? [name] : []))).toEqual(['caddy'])
    expect(services['caddy']?.environment?.['UPSTREAMS']).toBe(apps.map((name) => `${name}:3000`).join(' '))
  })

  it('sets what the server knows, and leaves the tree read-only', () => {
    for (const [, { environment = {}, read_only }] of built) {
      expect(read_only).toBe(true)
      for (const name of Object.keys(environment)) expect(KNOWN).toContain(name)
      const { env, warnings } = parseEnv({ ...REQUIRED, ...environment })
      expect(warnings).toEqual([])
      expect(env).toMatchObject({ port: 3000, trustProxy: 1 })
    }
  })

  it('names services and volumes that are there', () => {
    for (const { depends_on = [], volumes: mounts = [] } of Object.values(services)) {
      for (const name of Array.isArray(depends_on) ? depends_on : Object.keys(depends_on))
        expect(Object.keys(services)).toContain(name)
      for (const mount of mounts.filter((one) => !one.startsWith('.')))
        expect(Object.keys(volumes)).toContain(mount.split(':')[0])
    }
  })
})

describe.each(['docs/deploying.md', 'docs/zh-CN/deploying.md'])('%s', (path) => {
  const guide = read(path)

  it('names files that are there', () => {
    const named = [...guide.matchAll(/(?<=[\s`/])(deploy\/[\w.-]+|Dockerfile|compose[\w.]*\.yaml)/g)].map(
      ([name]) => name,
    )
    expect(new Set(named).size).toBeGreaterThanOrEqual(6)
    for (const name of named) expect(existsSync(join(root, name)), name).toBe(true)
  })

  it('starts and asks the release as it can be asked', () => {
    const commands = [...guide.matchAll(/app\/server\.js (\S+-?\S+)/g)].map(([, command]) => command)
    for (const command of commands.filter((one) => !one?.startsWith('--')))
      expect(OPERATING).toContain(`${command} `)
    expect(commands).toContain('backup')
    expect(commands).toContain('copy-store')
    expect(commands).toContain('copy-database')
    const unit = read('deploy/wechat-h5.service')
    for (const [place] of guide.matchAll(/\/srv\/wechat-h5(?=\/app\/)/g))
      expect(unit).toContain(`${place}/app/server.js`)
  })
})

// Debian has these in sbin, which is not on the path of everybody.
const env = { ...process.env, PATH: [process.env['PATH'], '/usr/sbin', '/usr/local/sbin'].join(delimiter) }
const run = (command: string, ...args: string[]) => {
  const { status, stdout, stderr, error } = spawnSync(command, args, { env, encoding: 'utf8' })
  return { status, said: `${stdout}${stderr}`, isThere: error === undefined }
}

describe('what programs say of the files in deploy/', () => {
  it.skipIf(!run('systemd-analyze', '--version').isThere)('systemd', () => {
    const { status, said } = run(
      'systemd-analyze',
      'verify',
      '--man=no',
      join(root, 'deploy/wechat-h5.service'),
    )
    const own = said.split('\n').filter((line) => line.includes('wechat-h5.service'))
    expect({ status, own }).toEqual({ status: 0, own: [] })
  })

  it.skipIf(!run('nginx', '-v').isThere || !run('openssl', 'version').isThere)('nginx', () => {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
    const subject = ['-subj', '/CN=h5.example.com', '-keyout', key, '-out', cert]
    expect(
      run(
        'openssl',
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:P-256',
        '-nodes',
        ...subject,
      ).status,
    ).toBe(0)
    const site = read('deploy/nginx.conf')
      .replace(/\S+fullchain\.pem/, cert)
      .replace(/\S+privkey\.pem/, key)
    writeFileSync(join(folder, 'site.conf'), site)
    const main = `pid ${folder}/nginx.pid; events {} http { access_log off; include ${folder}/site.conf; }`
    writeFileSync(join(folder, 'nginx.conf'), main)
    const { status, said } = run(
      'nginx',
      '-t',
      '-p',
      folder,
      '-e',
      'stderr',
      '-c',
      join(folder, 'nginx.conf'),
    )
    expect(status, said).toBe(0)
  })

  it.skipIf(!run('caddy', 'version').isThere)('caddy', () => {
    const { status, said } = run(
      'caddy',
      'validate',
      '--adapter',
      'caddyfile',
      '--config',
      join(root, 'deploy/Caddyfile'),
    )
    expect(status, said).toBe(0)
  })
})
