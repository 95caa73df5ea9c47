// Real database servers on free ports of this machine, for tests.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, globSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort, installOnDebian } from 'wechat-core/testing'

export interface DatabaseServer {
  engine: 'PostgreSQL' | 'MariaDB'
  /** The address of a database of its own on it. */
  newDatabase(): Promise<string>
  close(): Promise<void>
}

/** PostgreSQL; undefined where it is not to be had. */
export async function startPostgres(): Promise<DatabaseServer | undefined> {
  const program = (name: string) => {
    const [bin] = globSync('/usr/lib/postgresql/*/bin').reverse()
    return bin ? join(bin, name) : name
  }
  if (!isHere('postgresql', () => runs(program('postgres')))) return undefined
  const folder = ownFolder('postgres')
  const port = await freePort()
  const as = userOf('postgres')
  const options = { stdio: 'ignore', cwd: folder, ...as } as const
  const made = spawnSync(
    program('initdb'),
    ['-D', join(folder, 'data'), '-U', 'test', '-A', 'trust', '-E', 'UTF8', '--no-sync'],
    options,
  )
  if (made.status !== 0) throw new Error('initdb failed')
  const data = join(folder, 'data')
  const child = spawn(
    program('postgres'),
    ['-D', data, '-p', `${port}`, '-h', '127.0.0.1', '-k', folder, '-c', 'fsync=off'],
    options,
  )
  const at = `postgres://test@127.0.0.1:${port}`
  const tell = (sql: string) => spawnSync(program('psql'), [`${at}/postgres`, '-c', sql]).status === 0
  await until(() => tell('select 1'))
  let databases = 0
  return {
    engine: 'PostgreSQL',
    async newDatabase() {
      const name = `site${++databases}`
      if (!tell(`create database ${name}`)) throw new Error(`PostgreSQL can not create ${name}`)
      return `${at}/${name}`
    },
    close: () => end(child, 'SIGINT', folder),
  }
}

/** MariaDB; undefined where it is not to be had. */
export async function startMariadb(): Promise<DatabaseServer | undefined> {
  const find = () => ['/usr/sbin/mariadbd', 'mariadbd'].find(runs)
  if (!isHere('mariadb-server', () => find() !== undefined)) return undefined
  const program = String(find())
  const folder = ownFolder('mysql')
  const port = await freePort()
  const as = userOf('mysql')
  const data = join(folder, 'data')
  const made = spawnSync(
    'mariadb-install-db',
    ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db'],
    { stdio: 'ignore', cwd: folder, ...as },
  )
  if (made.status !== 0) throw new Error('mariadb-install-db failed')
  const socket = join(folder, 'socket')
  const settings = [
    '--no-defaults',
    `--datadir=${data}`,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    `--socket=${socket}`,
    `--pid-file=${join(folder, 'pid')}`,
    '--innodb-flush-log-at-trx-commit=0',
  ]
  const child = spawn(program, settings, { stdio: 'ignore', cwd: folder, ...as })
  const tell = (sql: string) =>
    spawnSync('mariadb', ['--no-defaults', `--socket=${socket}`, '-u', 'root', '-e', sql]).status === 0
  await until(() => tell("create user if not exists test@'127.0.0.1' identified by 'secret'"))
  tell("grant all on *.* to test@'127.0.0.1'")
  let databases = 0
  return {
    engine: 'MariaDB',
    async newDatabase() {
      const name = `site${++databases}`
      // What hosts that were set up long ago give: letters that are not compared as they are.
      if (!tell(`create database ${name} character set utf8mb4 collate utf8mb4_general_ci`))
        throw new Error(`MariaDB can not create ${name}`)
      return `mysql://test:secret@127.0.0.1:${port}/${name}`
    },
    close: () => end(child, 'SIGTERM', folder),
  }
}

// An installed one, else Debian's package where tests may install it; else the run says what it leaves out.
function isHere(name: string, check: () => boolean): boolean {
  if (check() || (installOnDebian([name], 'The tests of the database') && check())) return true
  process.stderr.write(
    `NOT TESTED on ${name}: it is not installed here (Debian, Ubuntu: sudo apt-get install ${name}).\n`,
  )
  return false
}

const runs = (program: string) => spawnSync(program, ['--version']).status === 0

// Database servers refuse to run as root.
function userOf(name: string): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {}
  const id = (flag: string) => Number(spawnSync('id', [flag, name]).stdout.toString())
  return { uid: id('-u'), gid: id('-g') }
}

function ownFolder(user: string): string {
  const folder = mkdtempSync(join(tmpdir(), `${user}-`))
  const { uid, gid } = userOf(user)
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid)
  return folder
}

async function until(isReady: () => boolean): Promise<void> {
  for (let tries = 0; !isReady(); tries++) {
    if (tries > 150) throw new Error('the database server does not start')
    await sleep(100)
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals, folder: string): Promise<void> {
  if (child.exitCode === null) {
    child.kill(signal)
    await once(child, 'exit')
  }
  rmSync(folder, { recursive: true, force: true })
}
