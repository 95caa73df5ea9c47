// pnpm wechat <command>: the operator's tools.
import { existsSync } from 'node:fs'
import { EnvError, parseEnv } from '../apps/server/src/env.ts'
import { doctor } from './doctor.ts'

if (existsSync('.env')) process.loadEnvFile('.env')
const [command] = process.argv.slice(2)
if (command !== 'doctor') {
  console.error(
    'pnpm wechat doctor   says what stands between this configuration and a page that works in WeChat',
  )
  process.exit(2)
}
try {
  const { env, warnings } = parseEnv(process.env)
  for (const warning of warnings) console.log(`! ${warning}`)
  const findings = await doctor(env)
  for (const { what, ok, detail, hint } of findings) {
    console.log(`${ok ? '✓' : '✗'} ${what}: ${detail}${hint ? `\n    ${hint}` : ''}`)
  }
  process.exitCode = findings.every(({ ok }) => ok) ? 0 : 1
} catch (error) {
  if (!(error instanceof EnvError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
