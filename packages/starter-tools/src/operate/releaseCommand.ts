// node dist/server.js <command>: the second first file of a release.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { NO_SIGNUPS, SIGNUPS } from './signups.ts'
import { operate, OPERATING } from './commands.ts'

const given = process.argv.slice(2)
const code = given[0] === 'signups' ? await signups() : await operate(given)
if (code === undefined)
  console.error(`node server.js runs the site. It also takes:\n\n${SIGNUPS}\n${OPERATING}`)
if (code !== 0) process.exitCode = code ?? 2

// A program of the project beside this one. It reads its own arguments, and says itself when something is wrong.
async function signups(): Promise<number> {
  const program = join(import.meta.dirname, 'signups.js')
  if (!existsSync(program)) {
    console.error(NO_SIGNUPS)
    return 1
  }
  process.argv.splice(2, 1)
  await import(pathToFileURL(program).href)
  return 0
}
