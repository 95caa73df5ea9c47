// pnpm wechat <command>: the operator's tools.
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { languageOf } from './doctor/language.ts'
import { operate, OPERATING } from './operate/commands.ts'
import { root } from './root.ts'
import { SIGNUPS, signupsCommand } from './operate/signups.ts'

const USAGE = `pnpm wechat doctor [--lang en|zh]   checks the configuration, the account, the clock and the public address
pnpm wechat update [tag]            brings the newest packages of the template into this project, and checks it
${`${SIGNUPS}\n${OPERATING}`.replaceAll(/^(?=\S)/gm, 'pnpm wechat ')}`

const { positionals, values } = parseArgs({
  allowPositionals: true,
  strict: false,
  options: { lang: { type: 'string' } },
})
const [command, ...rest] = positionals
const { lang = languageOf(process.env) } = values

if (command === 'doctor' && rest.length === 0 && (lang === 'en' || lang === 'zh')) {
  if (existsSync('.env')) process.loadEnvFile('.env')
  const { doctorCommand } = await import('./doctor/command.ts')
  process.exitCode = await doctorCommand(lang)
} else if (command === 'update' && rest.length <= 1) {
  const { updateCommand } = await import('./update/command.ts')
  process.exitCode = updateCommand(root, rest[0])
} else if (command === 'signups') {
  process.exitCode = signupsCommand(root, process.argv.slice(3))
} else {
  if (existsSync('.env')) process.loadEnvFile('.env')
  const code = await operate(positionals)
  if (code === undefined) console.error(USAGE)
  process.exitCode = code ?? 2
}
