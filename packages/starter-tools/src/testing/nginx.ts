import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort, installOnDebian } from 'wechat-core/testing'
import { root } from '../root.ts'

// Where Debian has it: not on the path of everybody.
const env = { ...process.env, PATH: [process.env['PATH'], '/usr/sbin', '/usr/local/sbin'].join(delimiter) }

export interface Nginx {
  url: string
  close(): Promise<void>
}

/**
 * A real nginx on a free port of this machine, in front of the site's processes, with the settings of deploy/nginx.conf.
 *
 * @param ports where the processes listen
 * @throws {Error} none can be had; the message says what to install
 */
export async function startNginx(ports: number[]): Promise<Nginx> {
  findNginx()
  const folder = mkdtempSync(join(tmpdir(), 'nginx-'))
  const port = await freePort()
  mkdirSync(join(folder, 'temp'))
  writeFileSync(join(folder, 'nginx.conf'), configOf(port, ports))
  const args = ['-p', folder, '-c', 'nginx.conf', '-e', 'error.log']
  const child = spawn('nginx', args, { env, stdio: 'ignore' })
  for (let tries = 0; !(await accepts(port)); tries++) {
    if (tries > 200 || child.exitCode !== null)
      throw new Error(`nginx does not start: ${readFileSync(join(folder, 'error.log'), 'utf8')}`)
    await sleep(25)
  }
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true })
    },
  }
}

function findNginx(): void {
  const isThere = () => spawnSync('nginx', ['-v'], { env }).status === 0
  if (isThere()) return
  if (installOnDebian(['nginx'], 'The tests of a rolling release') && isThere()) return
  throw new Error(
    'These tests need nginx. Install it (Debian, Ubuntu: sudo apt-get install nginx; macOS: brew install nginx).',
  )
}

const configOf = (port: number, ports: number[]): string => `
daemon off;
master_process off;
pid nginx.pid;
events { worker_connections 1024; }
http {
  access_log off;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path temp/${name};`).join('\n  ')}
  ${siteOf(readFileSync(join(root, 'deploy/nginx.conf'), 'utf8'), port, ports)}
}
`

/** The settings of the site, but on this port, in front of these processes, and without a certificate. */
function siteOf(conf: string, port: number, ports: number[]): string {
  const replaced: [RegExp, string][] = [
    [/^server \{\n +listen 80;[^]*?^\}\n/m, ''],
    [/listen 443 ssl http2;/, `listen 127.0.0.1:${port};`],
    [/^ *ssl_certificate.*\n/gm, ''],
    [/^ *server 127\.0\.0\.1:3000/m, ports.map((one) => `server 127.0.0.1:${one}`).join(' max_fails=0;\n  ')],
    [/X-Forwarded-Proto \$scheme/, 'X-Forwarded-Proto https'],
    [/X-Forwarded-For \$remote_addr/, 'X-Forwarded-For $http_x_forwarded_for'], // a test is many people from one machine
    [/(X-Forwarded-Host|Host) \$host/g, '$1 $http_host'],
  ]
  return replaced.reduce((text, [from, to]) => {
    if (text.search(from) < 0) throw new Error(`deploy/nginx.conf has nothing like ${from}.`)
    return text.replace(from, to)
  }, conf)
}

function accepts(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = createConnection(port, '127.0.0.1')
    socket.once('connect', () => (socket.destroy(), done(true)))
    socket.once('error', () => done(false))
  })
}
