// pnpm wechat doctor: what stands between this configuration and a page that works in WeChat.
import {
  createNonceStr,
  createWechat,
  memoryStore,
  serverSignature,
  WechatApiError,
  WechatTransportError,
} from 'wechat-core'
import type { Env } from '../apps/server/src/env.ts'

export interface Finding {
  /** What was looked at. */
  what: string
  ok: boolean
  /** What was found. */
  detail: string
  /** What to do about it. */
  hint?: string | undefined
}

/** Looks at one thing after the other. Sends nothing that costs quota: `stable_token` gives the token that is in use. */
export async function doctor(env: Env): Promise<Finding[]> {
  const { appId, appSecret, apiUrl, token, verifyFiles } = env.wechat
  const findings: Finding[] = []
  const https = env.publicUrl.startsWith('https:')
  findings.push({
    what: 'PUBLIC_URL',
    ok: https,
    detail: env.publicUrl,
    hint: https
      ? undefined
      : 'A phone needs an https address that leads here: a tunnel in development, your domain in production.',
  })
  if (!appId || !appSecret) {
    const hint = 'Set WECHAT_APP_ID and WECHAT_APP_SECRET in .env. Until then "pnpm dev" runs on the sandbox.'
    return [...findings, { what: 'Account', ok: false, detail: 'no account is set', hint }]
  }
  const wechat = createWechat({ appId, appSecret, apiUrl, store: memoryStore() })
  findings.push(await ask('access_token', () => wechat.credentials.withAccessToken(async () => undefined)))
  if (findings.at(-1)?.ok) findings.push(await ask('jsapi_ticket', () => wechat.credentials.jsapiTicket()))
  findings.push(await clock(apiUrl))
  findings.push({
    what: 'WECHAT_TOKEN',
    ok: token !== undefined,
    detail: token ? 'set' : 'not set',
    hint: token
      ? undefined
      : 'Without it /api/wechat answers 404 and the console can not verify this server.',
  })
  findings.push(await site(env))
  if (token) findings.push(await callback(env, token))
  for (const name of verifyFiles) findings.push(await ownershipFile(env, name))
  return findings
}

async function ask(what: string, work: () => Promise<unknown>): Promise<Finding> {
  try {
    await work()
    return { what, ok: true, detail: 'WeChat gives it' }
  } catch (error) {
    if (!(error instanceof WechatApiError || error instanceof WechatTransportError)) throw error
    return { what, ok: false, detail: error.message, hint: error.hint }
  }
}

async function clock(apiUrl: string): Promise<Finding> {
  const what = 'Clock'
  const answer = await get(apiUrl)
  const date = Date.parse(answer?.headers.get('date') ?? '')
  if (Number.isNaN(date))
    return { what, ok: false, detail: `${apiUrl} tells no time`, hint: 'Is it reachable from here?' }
  const seconds = Math.round(Math.abs(Date.now() - date) / 1000)
  const hint = 'Set the time of this machine (NTP): pushes are refused when it is more than 10 minutes off.'
  return {
    what,
    ok: seconds < 60,
    detail: `${seconds} s off WeChat's`,
    hint: seconds < 60 ? undefined : hint,
  }
}

// Asked through PUBLIC_URL, as WeChat and people come: this finds a tunnel that ends elsewhere or shows a page of its own.
async function site(env: Env): Promise<Finding> {
  const what = 'Site'
  const address = `${env.publicUrl}/api/wechat/signature?url=${encodeURIComponent(`${env.publicUrl}/`)}`
  const answer = await get(address)
  if (!answer) {
    return {
      what,
      ok: false,
      detail: `${env.publicUrl} does not answer`,
      hint: 'Start "pnpm dev" and the tunnel, then ask again.',
    }
  }
  const body: unknown = await answer.json().catch(() => undefined)
  if (typeof body !== 'object' || body === null) {
    const hint = 'Something else answers at PUBLIC_URL: a page that the tunnel shows first, or another site.'
    return { what, ok: false, detail: `HTTP ${answer.status}, not from this server`, hint }
  }
  if ('signature' in body) return { what, ok: true, detail: `signs for ${env.publicUrl}` }
  const text = (key: string) => (key in body ? String(Reflect.get(body, key)) : undefined)
  return { what, ok: false, detail: text('detail') ?? `HTTP ${answer.status}`, hint: text('hint') }
}

// The console's own check, made by us.
async function callback(env: Env, token: string): Promise<Finding> {
  const what = 'Server URL'
  const [timestamp, nonce] = [String(Math.floor(Date.now() / 1000)), createNonceStr()]
  const echostr = createNonceStr()
  const query = { signature: serverSignature(token, timestamp, nonce), timestamp, nonce, echostr }
  const answer = await get(`${env.publicUrl}/api/wechat?${new URLSearchParams(query)}`)
  const text = await answer?.text()
  if (text === echostr)
    return { what, ok: true, detail: `${env.publicUrl}/api/wechat passes the console's check` }
  const detail = answer ? `HTTP ${answer.status}, not the echostr` : `${env.publicUrl} does not answer`
  const hint = 'The running server must have the same WECHAT_TOKEN as this .env: restart it after a change.'
  return { what, ok: false, detail, hint }
}

async function ownershipFile(env: Env, name: string): Promise<Finding> {
  const answer = await get(`${env.publicUrl}/${name}`)
  const ok = (await answer?.text()) === name.slice('MP_verify_'.length, -'.txt'.length)
  const hint = 'A proxy or another site answers in place of this server.'
  return {
    what: name,
    ok,
    detail: ok ? 'is served' : 'is not what the console expects',
    hint: ok ? undefined : hint,
  }
}

function get(address: string): Promise<Response | undefined> {
  return fetch(address, { signal: AbortSignal.timeout(5000) }).catch(() => undefined)
}
