import { EnvError, parseEnv } from '@app/server/env'
import { openDoors } from 'starter-server/openDoors'
import { examineAppId } from './credentials.ts'
import { doctor } from './doctor.ts'
import { toLines } from './finding.ts'
import { speaker, type Language } from './language.ts'

/** `pnpm wechat doctor`: checks the configuration, the account, the clock and the public address. */
export async function doctorCommand(language: Language): Promise<number> {
  try {
    const { env, warnings } = parseEnv(process.env)
    // What is odd about an AppID is a finding of its own.
    for (const warning of [...warnings, ...openDoors(env)].filter(
      (text) => !text.startsWith('WECHAT_APP_ID '),
    ))
      console.log(`! ${warning}`)
    const findings = await doctor(env, language)
    for (const finding of findings) console.log(toLines(finding))
    return findings.some(({ state }) => state === 'bad') ? 1 : 0
  } catch (error) {
    if (!(error instanceof EnvError)) throw error
    console.error(error.message)
    const appId = process.env['WECHAT_APP_ID']
    if (appId?.startsWith('gh_')) console.error(toLines(examineAppId(appId, speaker(language))))
    return 1
  }
}
