// pnpm wechat <command>: the operator's tools.
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { EnvError, parseEnv } from '../apps/server/src/env.ts'
import { openDoors } from '../apps/server/src/http/openDoors.ts'
import { examineAppId } from './doctor/credentials.ts'
import { doctor } from './doctor/doctor.ts'
import { toLines } from './doctor/finding.ts'
import { languageOf, speaker } from './doctor/language.ts'

if (existsSync('.env')) process.loadEnvFile('.env')
const { positionals, values } = parseArgs({
  allowPositionals: true,
  strict: false,
  options: { lang: { type: 'string' } },
})
const { lang = languageOf(process.env) } = values
if (positionals[0] !== 'doctor' || (lang !== 'en' && lang !== 'zh')) {
  console.error(
    'pnpm wechat doctor [--lang en|zh]   says what stands between this configuration and a page that works in WeChat',
  )
  process.exit(2)
}
try {
  const { env, warnings } = parseEnv(process.env)
  // What is odd about an AppID is a finding of its own.
  for (const warning of [...warnings, ...openDoors(env)].filter((text) => !text.startsWith('WECHAT_APP_ID ')))
    console.log(`! ${warning}`)
  const findings = await doctor(env, lang)
  for (const finding of findings) console.log(toLines(finding))
  process.exitCode = findings.some(({ state }) => state === 'bad') ? 1 : 0
} catch (error) {
  if (!(error instanceof EnvError)) throw error
  console.error(error.message)
  const appId = process.env['WECHAT_APP_ID']
  if (appId?.startsWith('gh_')) console.error(toLines(examineAppId(appId, speaker(lang))))
  process.exitCode = 1
}
