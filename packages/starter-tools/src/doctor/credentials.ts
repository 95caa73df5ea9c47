import {
  memoryStore,
  openStore,
  StoreError,
  WechatApiError,
  WechatTransportError,
  type Wechat,
} from 'wechat-core'
import { listCallbackAddresses } from 'wechat-core/api'
import { openAccount } from '@app/server/wechat/account'
import { looksLikeAppId, type Env } from '@app/server/env'
import type { Finding } from './finding.ts'
import { get } from './get.ts'
import type { Say } from './language.ts'

/** What was found of the account, and what it explains of later findings. */
export interface Examined {
  findings: Finding[]
  /** The code of the failure, e.g. `wechat_40164`: the site would fail with it as well. */
  code: string | undefined
}

/**
 * Gets a token the way the server gets it, and has WeChat take it. `stable_token` and a token server give the token that
 * is in use. The classic endpoint ends the token before with each call: there the server's own store is looked at.
 */
export async function examineCredentials(env: Env, say: Say): Promise<Examined> {
  const findings = [examineAppId(env.wechat.appId ?? '', say)]
  const isClassic = env.wechat.tokenEndpoint === 'token'
  if (isClassic && env.storeUrl === 'memory:')
    return { findings: [...findings, notAsked(say)], code: undefined }
  let store
  try {
    store = isClassic ? await openStore(env.storeUrl) : memoryStore()
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
    const finding: Finding = { id: 'store', what: 'STORE_URL', state: 'bad', detail: error.message }
    return { findings: [...findings, finding], code: 'store_unavailable' }
  }
  const wechat = openAccount(env, { store })
  try {
    const code = await askFor(wechat, findings, say)
    if (code !== 'wechat_unreachable' && code !== 'wechat_timeout') findings.push(await clock(env, say))
    return { findings, code }
  } finally {
    wechat.close()
    await store.close()
  }
}

/** Whether it has the form of an AppID: what is copied in its place is the original ID, as a rule. */
export function examineAppId(appId: string, say: Say): Finding {
  const isGood = looksLikeAppId(appId)
  return {
    id: 'app_id',
    what: 'WECHAT_APP_ID',
    state: isGood ? 'good' : 'bad',
    detail: isGood ? appId : say(`${appId} is no AppID`, `${appId} 不是 AppID`),
    hint: isGood
      ? undefined
      : say(
          'An AppID is wx and 16 hexadecimal digits. The original ID gh_… is something else.',
          'AppID 是 wx 加 16 位十六进制数字，与原始 ID（gh_…）不同。',
        ),
  }
}

function notAsked(say: Say): Finding {
  return {
    id: 'access_token',
    what: 'access_token',
    state: 'compare',
    detail: say(
      'not asked for: with WECHAT_TOKEN_ENDPOINT=token that would end the token of the running server, and its ' +
        'STORE_URL=memory: is not seen from here. Whether the server has one, the line about the site says.',
      '没有获取：WECHAT_TOKEN_ENDPOINT=token 时获取会使运行中的服务器的 token 失效，而 STORE_URL=memory: 从这里看不到。' +
        '服务器有没有 token，请看「站点」一行。',
    ),
  }
}

/** @returns the code of the failure, if there was one */
async function askFor(wechat: Wechat, findings: Finding[], say: Say): Promise<string | undefined> {
  const hasOddId = findings.some(({ id, state }) => id === 'app_id' && state === 'bad')
  const steps: [string, () => Promise<unknown>][] = [
    // Asked something with it, so that WeChat sees the token, also one that another system gave.
    ['access_token', () => listCallbackAddresses(wechat)],
    ['jsapi_ticket', () => wechat.credentials.jsapiTicket()],
  ]
  for (const [what, step] of steps) {
    try {
      await step()
      findings.push({ id: what, what, state: 'good', detail: say('obtained', '获取成功') })
    } catch (error) {
      if (!(error instanceof WechatApiError || error instanceof WechatTransportError)) throw error
      findings.push({
        id: what,
        what,
        state: 'bad',
        detail: error.message,
        hint: hintOf(error, hasOddId, say),
      })
      return isTokenServer(error) ? 'token_server' : error.code
    }
  }
  return undefined
}

function hintOf(
  error: WechatApiError | WechatTransportError,
  hasOddId: boolean,
  say: Say,
): string | undefined {
  if (isTokenServer(error)) {
    return say(
      'Check the token server at WECHAT_TOKEN_ENDPOINT: it must answer {access_token, expires_in}.',
      '请检查 WECHAT_TOKEN_ENDPOINT 指向的 token 服务器：它应返回 {access_token, expires_in}。',
    )
  }
  if (error.code === 'wechat_40013' && hasOddId) return undefined // what is said of the AppID explains it better
  return error.hint === undefined || error.hintZh === undefined ? undefined : say(error.hint, error.hintZh)
}

// It says nothing about the way to WeChat.
const isTokenServer = (error: WechatApiError | WechatTransportError): boolean => !error.path.startsWith('/')

async function clock({ wechat: { apiUrl } }: Env, say: Say): Promise<Finding> {
  const [id, what] = ['clock', say('Clock', '时钟')]
  const date = Date.parse((await get(apiUrl))?.headers.get('date') ?? '')
  if (Number.isNaN(date)) {
    const detail = say(`${apiUrl} sent no Date header`, `${apiUrl} 的响应没有 Date 头`)
    return { id, what, state: 'compare', detail }
  }
  const seconds = Math.round(Math.abs(Date.now() - date) / 1000)
  const isGood = seconds < 60
  return {
    id,
    what,
    state: isGood ? 'good' : 'bad',
    detail: say(`${seconds} s off WeChat's`, `与微信相差 ${seconds} 秒`),
    hint: isGood
      ? undefined
      : say(
          'Set the time of this machine (NTP): pushes are refused when it is more than 10 minutes off.',
          '请校准本机时间（NTP）：相差超过 10 分钟时，推送会被拒绝。',
        ),
  }
}
