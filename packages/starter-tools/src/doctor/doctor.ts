// pnpm wechat doctor: checks the configuration, the account, the clock and the public address.
import type { Env } from '@app/server/env'
import { examineCredentials } from './credentials.ts'
import type { Finding } from './finding.ts'
import { speaker, type Language, type Say } from './language.ts'
import { examinePictures } from './pictures.ts'
import { examineCallback, examineJsDomains, examineOwnershipFile, examineSite } from './site.ts'
import { unseen } from './unseen.ts'

/**
 * Looks at one thing after the other: the account, the site through PUBLIC_URL, and then names what it cannot see. What
 * an earlier finding explains is not looked at again. Nothing is sent that costs quota or ends a token.
 */
export async function doctor(env: Env, language: Language = 'en'): Promise<Finding[]> {
  const say = speaker(language)
  const { appId, appSecret, token, verifyFiles } = env.wechat
  const findings = [publicUrl(env, say)]
  if (!appId || !appSecret) return [...findings, noAccount(say)]

  const { findings: ofAccount, code } = await examineCredentials(env, say)
  findings.push(...ofAccount, pushToken(token, say), examineJsDomains(env, say))

  const { finding, isOurs } = await examineSite(env, { language, say, explained: code })
  findings.push(finding)
  if (isOurs) {
    if (token) findings.push(await examineCallback(env, token, say))
    for (const name of verifyFiles) findings.push(await examineOwnershipFile(env, name, say))
    findings.push(...(await examinePictures(env, say)))
  }
  return [...findings, ...unseen(env, say)]
}

function publicUrl({ publicUrl }: Env, say: Say): Finding {
  const isGood = publicUrl.startsWith('https:')
  return {
    id: 'public_url',
    what: 'PUBLIC_URL',
    state: isGood ? 'good' : 'bad',
    detail: publicUrl,
    hint: isGood
      ? undefined
      : say(
          'A phone needs an https address that leads here: a tunnel in development, your domain in production.',
          '手机需要一个通到这里的 https 地址：开发时用隧道，上线后用自己的域名。',
        ),
  }
}

function noAccount(say: Say): Finding {
  return {
    id: 'account',
    what: say('Account', '账号'),
    state: 'bad',
    detail: say('no account is set', '没有设置账号'),
    hint: say(
      'Set WECHAT_APP_ID and WECHAT_APP_SECRET in .env. Until then "pnpm dev" runs on the sandbox.',
      '请在 .env 里设置 WECHAT_APP_ID 和 WECHAT_APP_SECRET。在此之前 pnpm dev 使用微信模拟器。',
    ),
  }
}

function pushToken(token: string | undefined, say: Say): Finding {
  return {
    id: 'push_token',
    what: 'WECHAT_TOKEN',
    state: token ? 'good' : 'bad',
    detail: token ? say('set', '已设置') : say('not set', '没有设置'),
    hint: token
      ? undefined
      : say(
          'Without it /api/wechat answers 404, and the console cannot verify this server.',
          '没有它 /api/wechat 返回 404，后台无法验证服务器。',
        ),
  }
}
