import type { Call } from '../call.ts'
import type { Words } from '../../platform/words.ts'
import { CAUSES, type Cause } from './causes.ts'
import { claimOf } from '../config.ts'
import type { NativeReply } from '../messages.ts'
import type { Evidence } from './evidence.ts'
import { rightString, signedWith } from './signedWith.ts'

/** Why a call was refused, for the person who develops the page. */
export interface Explanation {
  causes: { id: Cause; what: Words; advice: Words }[]
  /** What the words are about: the host that is missing, the address of the grant. */
  facts?: string[]
  strings?: ComparedStrings
}

/** What should have been signed, and what was, as far as that could be found out. Tickets are shortened. */
export interface ComparedStrings {
  expected: string
  signed?: string
}

/** Explains a refusal; undefined for everything that is none. */
export function explain(call: Call, { err_msg }: NativeReply): Explanation | undefined {
  if (call.name === 'preVerifyJSAPI')
    return err_msg.endsWith(':ok') ? undefined : explainConfig(call, err_msg)
  if (err_msg === 'system:function_not_exist') return because(['too_old'])
  if (/offline verifying|access_denied/.test(err_msg)) return explainDenial(call)
  if (!err_msg.includes('js secure domain')) return undefined
  const link = String(call.params['link'])
  const cause = /^[\x21-\x7e]*$/.test(link) ? 'link_domain' : 'link_not_encoded'
  return because([cause], [link, ...call.platform.account.jsDomains])
}

/** Explains a refused signature from what is known, by finding out what was signed. */
export function explainSignature(evidence: Evidence): Explanation {
  const signed = signedWith(evidence)
  const expected = shorten(rightString(evidence), evidence)
  // A site may keep its ticket for longer than the sandbox runs: in a file, as many SDKs do, or in Redis.
  const isIssued = evidence.secrets.some(({ kind }) => kind === 'jsapi')
  if (!signed) return { ...because([isIssued ? 'unknown' : 'kept_ticket']), strings: { expected } }
  return { ...because(signed.causes), strings: { expected, signed: shorten(signed.text, evidence) } }
}

function explainConfig(call: Call, err_msg: string): Explanation {
  const { countingUrl, document, platform, params } = call
  const { account, tokens } = platform
  const claim = claimOf(params)
  if (err_msg.endsWith('invalid signature')) {
    return explainSignature({
      claim,
      countingUrl,
      urls: document.urls,
      secrets: tokens.issuedForSigning(),
      jsDomains: account.jsDomains,
    })
  }
  if (err_msg.endsWith('require subscribe')) return because(['must_follow'])
  if (!err_msg.endsWith('invalid url domain')) {
    const isNumber = typeof params['verifyNonceStr'] === 'number'
    return because(isNumber ? ['number_nonce', 'missing'] : ['missing'], missingOf(claim))
  }
  if (claim.appId !== account.appId) return because(['other_account'], [claim.appId, account.appId])
  return because(['domain'], [hostOf(countingUrl), ...account.jsDomains])
}

function explainDenial({ name, document, countingUrl }: Call): Explanation {
  if (document.lacking.get(countingUrl)?.has(name)) return because(['account_lacks'])
  if (document.allowedApis.has(countingUrl)) return because(['not_listed'], [name])
  const [elsewhere] = document.allowedApis.keys()
  return elsewhere === undefined
    ? because(['not_configured'])
    : because(['granted_elsewhere'], [elsewhere, countingUrl])
}

function because(causes: Cause[], facts?: string[]): Explanation {
  return { causes: causes.map((id) => ({ id, ...CAUSES[id] })), ...(facts ? { facts } : {}) }
}

/** Tickets and tokens are 64 characters and more of noise: their ends tell them apart. */
function shorten(text: string, { secrets }: Evidence): string {
  return secrets.reduce(
    (shown, { value }) => shown.replaceAll(value, `${value.slice(0, 6)}…${value.slice(-4)}`),
    text,
  )
}

function missingOf(claim: ReturnType<typeof claimOf>): string[] {
  return Object.entries(claim).flatMap(([name, value]) => (value ? [] : name))
}

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url)
