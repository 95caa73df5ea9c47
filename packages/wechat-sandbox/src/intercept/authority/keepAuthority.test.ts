import { execFileSync, spawnSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { WECHAT_HOSTS } from '../wechatHosts.ts'
import { createIssuer } from './certificates.ts'
import { keepAuthority } from './keepAuthority.ts'

const DAY = 86_400_000
const now = Date.parse('2026-11-21T12:00:00Z')
const parent = mkdtempSync(join(tmpdir(), 'authority-'))
afterAll(() => rmSync(parent, { recursive: true, force: true }))

let count = 0
const newFolder = () => join(parent, String(++count))
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)
const keyOf = (folder: string) => join(folder, 'ca-key.pem')

it('is made once, with its key for its owner alone, and leaves nothing else behind', async () => {
  const folder = newFolder()
  const first = await keepAuthority(folder, WECHAT_HOSTS, now)
  expect(first.madeBecause).toBe('first')
  expect([modeOf(folder), modeOf(keyOf(folder))]).toEqual(['700', '600'])
  expect(readdirSync(folder).sort()).toEqual(['ca-key.pem', 'ca.pem'])
  expect(readFileSync(first.file, 'utf8')).toBe(first.certificate)
  expect(readFileSync(first.file, 'utf8')).not.toContain('PRIVATE')
  const second = await keepAuthority(folder, WECHAT_HOSTS, now)
  expect(second).toEqual({ ...first, madeBecause: undefined })
})

it('is made anew a month before it ends, and for other hosts', async () => {
  const folder = newFolder()
  const first = await keepAuthority(folder, WECHAT_HOSTS, now)
  const life = first.until.getTime() - now
  expect(await keepAuthority(folder, WECHAT_HOSTS, now + life - 31 * DAY)).toMatchObject({
    certificate: first.certificate,
  })
  const renewed = await keepAuthority(folder, WECHAT_HOSTS, now + life - 29 * DAY)
  expect([renewed.madeBecause, renewed.until > first.until]).toEqual(['ended', true])
  expect(readFileSync(renewed.file, 'utf8')).toBe(renewed.certificate)
  expect((await keepAuthority(folder, WECHAT_HOSTS, now + 10 * life)).madeBecause).toBe('ended')
  expect((await keepAuthority(folder, ['api.weixin.qq.com'], now + 10 * life)).madeBecause).toBe('not usable')
  expect(readdirSync(folder).sort()).toEqual(['ca-key.pem', 'ca.pem'])
})

it('a key that others could have read is used no more', async () => {
  const folder = newFolder()
  const first = await keepAuthority(folder, WECHAT_HOSTS, now)
  chmodSync(keyOf(folder), 0o644)
  const second = await keepAuthority(folder, WECHAT_HOSTS, now)
  expect(second.madeBecause).toBe('others could read its key')
  expect(second.certificate).not.toBe(first.certificate)
  expect(modeOf(keyOf(folder))).toBe('600')
})

it.each([
  ['empty', () => ''],
  ['cut off', (text: string) => text.slice(0, 900)],
  ['of another key', (text: string, other: string) => text.split('-----BEGIN CERT')[0] + other],
])('a file that is %s is replaced', async (_how, spoil) => {
  const folder = newFolder()
  const other = await keepAuthority(newFolder(), WECHAT_HOSTS, now)
  await keepAuthority(folder, WECHAT_HOSTS, now)
  const text = readFileSync(keyOf(folder), 'utf8')
  writeFileSync(keyOf(folder), spoil(text, other.certificate))
  const { madeBecause } = await keepAuthority(folder, WECHAT_HOSTS, now)
  expect(madeBecause).toBe('not usable')
  expect((await keepAuthority(folder, WECHAT_HOSTS, now)).madeBecause).toBeUndefined()
})

it('a folder in which others may write is refused', async () => {
  const folder = newFolder()
  mkdirSync(folder)
  chmodSync(folder, 0o777)
  await expect(keepAuthority(folder, WECHAT_HOSTS, now)).rejects.toMatchObject({ folder, reason: 'mode' })
  chmodSync(folder, 0o755)
  expect((await keepAuthority(folder, WECHAT_HOSTS, now)).madeBecause).toBe('first')
})

it('a link in place of the key, and a file in place of the folder, are refused', async () => {
  const folder = newFolder()
  mkdirSync(folder)
  symlinkSync(join(folder, 'elsewhere'), keyOf(folder))
  await expect(keepAuthority(folder, WECHAT_HOSTS, now)).rejects.toMatchObject({ reason: 'no file' })
  const file = newFolder()
  writeFileSync(file, '')
  await expect(keepAuthority(file, WECHAT_HOSTS, now)).rejects.toMatchObject({ reason: 'EEXIST' })
})

it.each(['for the first time', 'over an ended one'])('many that come at once get one: %s', async (how) => {
  const folder = newFolder()
  if (how === 'over an ended one') await keepAuthority(folder, WECHAT_HOSTS, now - 1000 * DAY)
  const all = await Promise.all(Array.from({ length: 8 }, () => keepAuthority(folder, WECHAT_HOSTS, now)))
  expect(new Set(all.map(({ certificate }) => certificate)).size).toBe(1)
  expect(all.filter(({ madeBecause }) => madeBecause)).toHaveLength(1)
  expect(readdirSync(folder).sort()).toEqual(['ca-key.pem', 'ca.pem'])
})

it('a lock that a killed process left is not waited for without end', async () => {
  const folder = newFolder()
  mkdirSync(join(folder, 'lock'), { recursive: true, mode: 0o700 })
  utimesSync(join(folder, 'lock'), 1, 1)
  chmodSync(folder, 0o700)
  expect((await keepAuthority(folder, WECHAT_HOSTS, now)).madeBecause).toBe('first')
})

it('speaks for these hosts, and for nothing else', async () => {
  const folder = newFolder()
  const authority = await keepAuthority(folder, WECHAT_HOSTS, now)
  const issue = createIssuer(authority)
  const span = { from: new Date(now - DAY), until: new Date(now + DAY) }
  const verify = async (hosts: readonly string[]) => {
    for (const host of hosts) writeFileSync(join(folder, host), (await issue(host, span)).certificate)
    const args = [
      'verify',
      '-x509_strict',
      '-attime',
      String(now / 1000),
      '-CAfile',
      authority.file,
      ...hosts,
    ]
    const { stdout, stderr } = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' })
    return {
      good: stdout.match(/: OK$/gm)?.length ?? 0,
      violations: stderr.match(/subtree violation/g)?.length ?? 0,
    }
  }
  expect(await verify(WECHAT_HOSTS)).toEqual({ good: WECHAT_HOSTS.length, violations: 0 })
  const others = ['www.qq.com', 'weixin.qq.com', 'apiXweixin.qq.com', 'example.com', 'localhost']
  expect(await verify(others)).toEqual({ good: 0, violations: others.length })
})

it('says in its certificate what it is: no server, no other authority below it, these names', async () => {
  const { certificate } = await keepAuthority(newFolder(), WECHAT_HOSTS, now)
  const parsed = new X509Certificate(certificate)
  expect([parsed.ca, parsed.subject === parsed.issuer, parsed.keyUsage]).toEqual([
    true,
    true,
    ['1.3.6.1.5.5.7.3.1'],
  ])
  const text = execFileSync('openssl', ['x509', '-noout', '-text'], { input: certificate, encoding: 'utf8' })
  expect(text).toMatch(/Basic Constraints: critical\s+CA:TRUE, pathlen:0/)
  expect(text).toMatch(/Name Constraints: critical\s+Permitted:\s+DNS:api\.weixin\.qq\.com/)
  expect([...text.matchAll(/DNS:(\S+)/g)].map(([, host]) => host)).toEqual(WECHAT_HOSTS)
  expect(text).toContain('IP:0.0.0.0/0.0.0.0')
  expect(text).toContain('IP:0:0:0:0:0:0:0:0/0:0:0:0:0:0:0:0')
})
