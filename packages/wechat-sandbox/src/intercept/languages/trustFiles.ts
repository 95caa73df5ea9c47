import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { rootCertificates } from 'node:tls'
import { javaTrustStore } from './javaTrustStore.ts'

/** Files by which programs that know no other way come to trust the certificate authority of the sandbox. */
export interface TrustFiles {
  /** The certificate alone, for what adds to its own list. */
  certificate: string
  /** With it everybody whom this machine trusts, for what takes the one list in place of the other. */
  bundle: string
  /** The same, for Java. */
  javaStore: string
  /** A folder with a php.ini of two files' names. */
  phpFolder: string
}

// Where systems keep theirs; Node.js has a list of its own.
const SYSTEM_LISTS = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
]

/**
 * Writes them beside the certificate. What is in them is public; the folder is its owner's alone.
 *
 * @param certificate path of the certificate
 */
export async function writeTrustFiles(certificate: string): Promise<TrustFiles> {
  const folder = dirname(certificate)
  const files: TrustFiles = {
    certificate,
    bundle: join(folder, 'ca-bundle.pem'),
    javaStore: join(folder, 'ca-bundle.jks'),
    phpFolder: join(folder, 'php'),
  }
  const own = await readFile(certificate, 'utf8')
  const system = SYSTEM_LISTS.find((path) => existsSync(path))
  const known = system ? await readFile(system, 'latin1') : rootCertificates.join('\n')
  await mkdir(files.phpFolder, { recursive: true, mode: 0o700 })
  const lead = join(files.phpFolder, 'streams.php')
  const settings = [
    ['curl.cainfo', files.bundle],
    ['openssl.cafile', files.bundle],
    ['auto_prepend_file', lead],
  ]
  await Promise.all([
    put(files.bundle, `${own}\n${known}`),
    put(files.javaStore, javaTrustStore(`${own}\n${known}`)),
    put(lead, PHP_STREAMS),
    put(
      join(files.phpFolder, 'wechat-sandbox.ini'),
      settings.map(([name, path]) => `${name}="${path}"\n`).join(''),
    ),
  ])
  return files
}

// PHP's own streams read no variable; a call that brings a context of its own has to name the proxy in it.
const PHP_STREAMS = `<?php
$proxy = getenv('HTTPS_PROXY');
if ($proxy !== false && strpos($proxy, 'http://127.0.0.1:') === 0)
    stream_context_set_default(['http' => ['proxy' => 'tcp' . substr($proxy, 4), 'request_fulluri' => true]]);
unset($proxy);
`

// At once or not at all: another sandbox may be starting, and a program reading.
async function put(path: string, content: string | Buffer): Promise<void> {
  const aside = `${path}.${randomBytes(8).toString('hex')}`
  await writeFile(aside, content, { mode: 0o644, flag: 'wx' })
  await rename(aside, path)
}
