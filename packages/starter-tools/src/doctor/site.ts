import { createNonceStr, isOnJsDomain, serverSignature } from 'wechat-core'
import type { Env } from '@app/server/env'
import type { Finding } from './finding.ts'
import { get } from './get.ts'
import type { Language, Say } from './language.ts'
import { textAt } from './textAt.ts'

/** What the doctor says with, and what it knows already. */
export interface SiteQuestion {
  language: Language
  say: Say
  /** The code that WeChat's credentials failed with, which needs no second explanation. */
  explained: string | undefined
}

export interface SiteAnswer {
  finding: Finding
  /** Whether this server answered, so that it can be asked more. */
  isOurs: boolean
}

/**
 * Asks the running server, through PUBLIC_URL, as WeChat and people come: this finds a tunnel that ends elsewhere or
 * shows a page of its own.
 */
export async function examineSite(env: Env, question: SiteQuestion): Promise<SiteAnswer> {
  const { language, say, explained } = question
  const { publicUrl } = env
  const site = { id: 'site', what: say('Site', '站点') }
  const bad = (isOurs: boolean, detail: string, hint?: string): SiteAnswer => ({
    finding: { ...site, state: 'bad', detail, hint },
    isOurs,
  })
  const address = `${publicUrl}/api/wechat/signature?url=${encodeURIComponent(`${publicUrl}/`)}`
  const answer = await get(address, { 'accept-language': language })
  if (!answer) {
    return bad(
      false,
      say(`${publicUrl} does not answer`, `${publicUrl} 没有应答`),
      say(
        'Start the server ("pnpm dev") and the tunnel, then ask again: the rest is seen through it.',
        '请启动服务器（pnpm dev）和隧道后再检查：其余各项要通过它来看。',
      ),
    )
  }
  const body: unknown = await answer.json().catch(() => undefined)
  const text = (key: string) => textAt(body, key)
  if (text('signature') && text('appId')) {
    if (text('appId') === env.wechat.appId) {
      const detail = say(`signs for ${publicUrl}`, `能为 ${publicUrl} 签名`)
      return { finding: { ...site, state: 'good', detail }, isOurs: true }
    }
    return bad(
      true,
      say('the running server has another AppID', '运行中的服务器用的是另一个 AppID'),
      say(
        'Restart it: it was started before .env was changed.',
        '请重启服务器：它是在修改 .env 之前启动的。',
      ),
    )
  }
  if (!text('code')) {
    return bad(
      false,
      say(`HTTP ${answer.status}, not from this server`, `HTTP ${answer.status}，不是本服务器的应答`),
      say(
        'Something else answers at PUBLIC_URL: a page that the tunnel shows first, or another site.',
        'PUBLIC_URL 上应答的是别的东西：隧道先显示的页面，或别的网站。',
      ),
    )
  }
  const detail = text('detail') ?? `HTTP ${answer.status}`
  if (text('code') === explained)
    return bad(true, detail, say('For the reason that is said above.', '原因见上。'))
  return bad(true, detail, text('code') === 'url_not_allowed' ? undefined : text('hint'))
}

/** Whether what may be signed covers the site itself. */
export function examineJsDomains({ publicUrl, wechat: { jsDomains } }: Env, say: Say): Finding {
  const isCovered = jsDomains.some((domain) => isOnJsDomain(new URL(publicUrl), domain))
  return {
    id: 'js_domains',
    what: 'WECHAT_JS_DOMAINS',
    state: isCovered ? 'good' : 'bad',
    detail: jsDomains.join(', '),
    hint: isCovered
      ? undefined
      : say(
          `None of them covers ${publicUrl}: nothing is signed for it.`,
          `都不包含 ${publicUrl}，不会为它签名。`,
        ),
  }
}

/** The console's own check of the server URL, made by us. */
export async function examineCallback(env: Env, token: string, say: Say): Promise<Finding> {
  const [timestamp, nonce] = [String(Math.floor(Date.now() / 1000)), createNonceStr()]
  const echostr = createNonceStr()
  const query = { signature: serverSignature(token, timestamp, nonce), timestamp, nonce, echostr }
  const url = `${env.publicUrl}/api/wechat`
  const answer = await get(`${url}?${new URLSearchParams(query)}`)
  const isGood = (await answer?.text()) === echostr
  const status = answer ? `HTTP ${answer.status}` : say('no answer', '没有应答')
  return {
    id: 'server_url',
    what: say('Server URL', '服务器地址'),
    state: isGood ? 'good' : 'bad',
    detail: isGood
      ? say(`${url} passes the console's check`, `${url} 能通过后台的验证`)
      : say(`${status}, not the echostr`, `${status}，不是 echostr`),
    hint: isGood
      ? undefined
      : say(
          'The running server must have the same WECHAT_TOKEN as this .env: restart it after a change.',
          '运行中的服务器必须与 .env 里的 WECHAT_TOKEN 一致：修改后请重启。',
        ),
  }
}

/** Whether an ownership file is served at the web root, as the console wants it. */
export async function examineOwnershipFile(env: Env, name: string, say: Say): Promise<Finding> {
  const answer = await get(`${env.publicUrl}/${name}`)
  const isGood = (await answer?.text()) === name.slice('MP_verify_'.length, -'.txt'.length)
  return {
    id: name,
    what: name,
    state: isGood ? 'good' : 'bad',
    detail: isGood
      ? say('is served', '可以访问')
      : say('does not have the content WeChat expects', '内容与微信要求的不一致'),
    hint: isGood
      ? undefined
      : say(
          'The running server must know it (WECHAT_VERIFY_FILES; restart it after a change), and nothing may answer in its place.',
          '运行中的服务器必须配置了它（WECHAT_VERIFY_FILES，修改后请重启），并且没有别的东西代它应答。',
        ),
  }
}
