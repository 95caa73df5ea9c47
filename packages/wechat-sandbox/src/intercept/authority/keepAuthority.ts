import { createPrivateKey, randomBytes, X509Certificate } from 'node:crypto'
import { lstat, mkdir, readFile, rename, rmdir, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { KeyAndCertificate } from './certificates.ts'
import { UnsafeFolder } from './unsafeFolder.ts'

/** A certificate authority that is kept in a folder. */
export interface Authority extends KeyAndCertificate {
  /** Path of the certificate alone, which is what a site under test trusts. */
  file: string
  until: Date
  /** Why it was made at this start; undefined where it was there. */
  madeBecause: 'first' | 'ended' | 'others could read its key' | 'not usable' | undefined
}

// Windows keeps the folders of a user's home from other users, and has no modes.
const hasOwners = process.platform !== 'win32'

const DAY = 86_400_000
const LIFE = 365 * DAY
/** How long before its end it is replaced. */
const RESERVE = 30 * DAY
/** Longer than making one takes on a busy machine, in milliseconds. */
const LONGEST_LOCK = 30_000
/** Clocks differ, those of virtual machines say. */
const SLACK = DAY

/**
 * The certificate authority of a folder. It is made at the first use, and again before it ends, for other hosts, or when
 * others than its owner could have read its key. Processes that come at the same time get the same one.
 *
 * @param folder made where it is missing, for its owner alone (0700); the key in it is 0600
 * @param now milliseconds since 1970
 * @throws {UnsafeFolder} where others could put a key of theirs into it
 */
export async function keepAuthority(
  folder: string,
  hosts: readonly string[],
  now: number,
): Promise<Authority> {
  await prepareFolder(folder)
  const file = join(folder, 'ca-key.pem')
  const kept = await readKept(file, hosts, now)
  if (kept.state === 'good') return published(folder, kept.authority, undefined)
  return alone(folder, async () => {
    const found = await readKept(file, hosts, now) // another process may have made one meanwhile
    if (found.state === 'good') return published(folder, found.authority, undefined)
    await rename(await putNew(folder, hosts, now), file)
    const made = await readKept(file, hosts, now)
    if (made.state !== 'good') throw new UnsafeFolder(folder, made.state)
    return published(folder, made.authority, REASONS[found.state])
  })
}

const REASONS = {
  missing: 'first',
  ended: 'ended',
  loose: 'others could read its key',
  broken: 'not usable',
} as const

type Kept =
  | { state: 'good'; authority: KeyAndCertificate }
  | { state: 'missing' }
  | { state: Exclude<keyof typeof REASONS, 'missing'> }

/** One process at a time; a lock that its process left behind ends after a while. */
async function alone<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const lock = join(folder, 'lock')
  while (!(await isTakenBy(lock, folder))) {
    const since = await stat(lock).then(
      ({ mtimeMs }) => mtimeMs,
      () => Date.now(),
    )
    if (Date.now() - since > LONGEST_LOCK) await rmdir(lock).catch(() => undefined)
    else await sleep(20)
  }
  try {
    return await work()
  } finally {
    await rmdir(lock)
  }
}

/** Whether the lock is ours now. */
const isTakenBy = (lock: string, folder: string): Promise<boolean> =>
  mkdir(lock).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false
      throw new UnsafeFolder(folder, error.code ?? String(error))
    },
  )

async function prepareFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const { uid, mode } = await stat(folder)
    if (!hasOwners) return
    if (uid !== process.getuid?.()) throw new UnsafeFolder(folder, 'owner')
    if (mode & 0o022) throw new UnsafeFolder(folder, 'mode')
  } catch (error) {
    if (error instanceof UnsafeFolder) throw error
    throw new UnsafeFolder(folder, (error as NodeJS.ErrnoException).code ?? String(error))
  }
}

async function readKept(file: string, hosts: readonly string[], now: number): Promise<Kept> {
  let text: string
  let mode: number
  try {
    const found = await lstat(file)
    if (!found.isFile()) throw new UnsafeFolder(dirname(file), 'no file')
    if (hasOwners && found.uid !== process.getuid?.()) throw new UnsafeFolder(dirname(file), 'owner')
    mode = found.mode
    text = await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof UnsafeFolder) throw error
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return { state: 'missing' }
    throw new UnsafeFolder(dirname(file), code ?? String(error))
  }
  const isLoose = hasOwners && (mode & 0o077) !== 0
  if (isLoose) return { state: 'loose' }
  const [key] = PRIVATE_KEY.exec(text) ?? []
  const [certificate] = CERTIFICATE.exec(text) ?? []
  try {
    if (!key || !certificate || !text.startsWith(forHosts(hosts))) return { state: 'broken' }
    const parsed = new X509Certificate(certificate)
    if (!parsed.checkPrivateKey(createPrivateKey(key))) return { state: 'broken' }
    const isOver = now + RESERVE > Date.parse(parsed.validTo) || now < Date.parse(parsed.validFrom)
    return isOver ? { state: 'ended' } : { state: 'good', authority: { key, certificate } }
  } catch {
    return { state: 'broken' }
  }
}

const PRIVATE_KEY = /-----BEGIN PRIVATE KEY-----[^-]+-----END PRIVATE KEY-----\n/
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n/
const forHosts = (hosts: readonly string[]) =>
  `Certificate authority of wechat-sandbox, for ${hosts.join(' ')}\n`

/** Makes one, under a name that nobody looks at. Gives its path. */
async function putNew(folder: string, hosts: readonly string[], now: number): Promise<string> {
  // It takes a while to load, and is rarely needed.
  const { makeAuthority } = await import('./certificates.ts')
  const span = { from: new Date(now - SLACK), until: new Date(now + LIFE) }
  const { key, certificate } = await makeAuthority(hosts, span)
  const path = join(folder, `new.${unique()}`)
  await writeFile(path, forHosts(hosts) + key + certificate, { mode: 0o600, flag: 'wx' })
  return path
}

/** Puts the certificate where the site under test reads it. */
async function published(
  folder: string,
  authority: KeyAndCertificate,
  madeBecause: Authority['madeBecause'],
): Promise<Authority> {
  const file = join(folder, 'ca.pem')
  const there = await readFile(file, 'utf8').catch(() => undefined)
  if (there !== authority.certificate) {
    const path = join(folder, `new.${unique()}`)
    await writeFile(path, authority.certificate, { mode: 0o644, flag: 'wx' })
    await rename(path, file)
  }
  const until = new Date(new X509Certificate(authority.certificate).validTo)
  return { ...authority, file, until, madeBecause }
}

const unique = (): string => randomBytes(8).toString('hex')
