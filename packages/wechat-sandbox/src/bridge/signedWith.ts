import { createHash } from 'node:crypto'
import type { SigningSecret } from '../platform/tokens.ts'
import type { Cause } from './causes.ts'

/** What is known when a signature was refused. */
export interface Evidence {
  claim: { timestamp: string; nonceStr: string; signature: string }
  /** The address that counts for this page on this phone. */
  countingUrl: string
  /** Every address the document has had, with hashes, the entry first. */
  urls: readonly string[]
  /** Every ticket and token that was ever issued. */
  secrets: readonly SigningSecret[]
  jsDomains: readonly string[]
}

/** The string that gives the claimed signature, and in what it differs from the right one. */
export interface SignedString {
  text: string
  causes: Cause[]
}

interface Choice<T> {
  value: T
  /** Undefined: this is the right one. */
  cause: Cause | undefined
}

interface Parts {
  ticket: string
  nonceStr: string
  timestamp: string
  url: string
}

const MOST_MISTAKES = 3

/**
 * Finds out what was signed, by making the mistakes that people make until one gives the signature: every likely
 * address with every ticket that was issued, in the usual wrong formats; few mistakes before many.
 */
export function signedWith(evidence: Evidence): SignedString | undefined {
  const claimed = evidence.claim.signature.toLowerCase()
  const spelling: Cause[] = claimed === evidence.claim.signature ? [] : ['upper_case']
  const [urls, secrets, stamps] = [urlsOf(evidence), secretsOf(evidence), stampsOf(evidence)]
  for (let mistakes = 0; mistakes <= MOST_MISTAKES; mistakes++) {
    for (const secret of secrets) {
      for (const format of FORMATS) {
        for (const stamp of stamps) {
          for (const url of urls) {
            const causes = [url, secret, format, stamp].flatMap(({ cause }) => cause ?? [])
            if (causes.length !== mistakes) continue
            const text = format.value({
              ticket: secret.value,
              nonceStr: evidence.claim.nonceStr,
              timestamp: stamp.value,
              url: url.value,
            })
            if (sha1(text) === claimed) return { text, causes: [...causes, ...spelling] }
          }
        }
      }
    }
  }
  return undefined
}

/** The string that should have been signed. */
export function rightString({ claim, countingUrl, secrets }: Evidence): string {
  const ticket = secrets.findLast(({ kind, valid }) => kind === 'jsapi' && valid)?.value ?? '(no ticket yet)'
  return standard({ ticket, nonceStr: claim.nonceStr, timestamp: claim.timestamp, url: countingUrl })
}

const standard = ({ ticket, nonceStr, timestamp, url }: Parts): string =>
  `jsapi_ticket=${ticket}&noncestr=${nonceStr}&timestamp=${timestamp}&url=${url}`

const FORMATS: Choice<(parts: Parts) => string>[] = [
  { value: standard, cause: undefined },
  { value: (parts) => standard(parts).replace('&noncestr=', '&nonceStr='), cause: 'key_case' },
  {
    value: ({ ticket, nonceStr, timestamp, url }) =>
      `noncestr=${nonceStr}&jsapi_ticket=${ticket}&timestamp=${timestamp}&url=${url}`,
    cause: 'key_order',
  },
  {
    value: ({ ticket, nonceStr, timestamp, url }) =>
      `jsapi_ticket=${ticket}&timestamp=${timestamp}&noncestr=${nonceStr}&url=${url}`,
    cause: 'key_order',
  },
]

function secretsOf({ secrets }: Evidence): Choice<string>[] {
  return secrets
    .map(({ value, kind, valid }): Choice<string> => {
      if (kind === 'jsapi') return { value, cause: valid ? undefined : 'old_ticket' }
      return { value, cause: kind === 'wx_card' ? 'card_ticket' : 'access_token' }
    })
    .slice(-40)
}

function stampsOf({ claim: { timestamp } }: Evidence): Choice<string>[] {
  const milliseconds = /^\d{13}$/.test(timestamp) ? timestamp.slice(0, 10) : `${timestamp}000`
  return [
    { value: timestamp, cause: undefined },
    { value: milliseconds, cause: 'milliseconds' },
  ]
}

function urlsOf({ countingUrl, urls, jsDomains }: Evidence): Choice<string>[] {
  const found = new Map<string, Cause | undefined>([[countingUrl, undefined]])
  const add = (url: string, cause: Cause) => found.has(url) || found.set(url, cause)
  const [entry = countingUrl] = urls
  for (const url of urls) if (cutHash(url) === countingUrl) add(url, 'hash')
  for (const [url, cause] of mistakesWith(countingUrl, jsDomains)) add(url, cause)
  // Another address of the same document: itself, and with what else may be wrong.
  for (const url of [...urls].reverse()) {
    if (cutHash(url) === countingUrl) continue
    const cause = url === entry ? 'entry_url' : cutHash(entry) === countingUrl ? 'current_url' : 'earlier_url'
    for (const one of [cutHash(url), url, ...mistakesWith(cutHash(url), jsDomains).map(([text]) => text)])
      add(one, cause)
  }
  return [...found].map(([value, cause]) => ({ value, cause }))
}

function mistakesWith(url: string, jsDomains: readonly string[]): [string, Cause][] {
  if (!URL.canParse(url)) return []
  const { origin, host, hostname, protocol, pathname, search } = new URL(url)
  const path = pathname + search
  const hosts = [hostname, `${hostname}:443`, `${hostname}:80`, ...jsDomains.map((domain) => cutPath(domain))]
  const less = withoutParameters(url)
  return [
    [encodeURIComponent(url), 'encoded'],
    [encodeURI(url), 'encoded_twice'],
    [encodeURIComponent(encodeURIComponent(url)), 'encoded_twice'],
    [decoded(url), 'decoded'],
    [decoded(url).replaceAll('+', ' '), 'decoded'],
    [url.replaceAll('&', '&amp;'), 'html_escaped'],
    [url.split('&', 1)[0] ?? url, 'cut_at_ampersand'],
    [url.split('?', 1)[0] ?? url, 'without_query'],
    ...less.map((text): [string, Cause] => [text, 'without_parameters']),
    [url.endsWith('/') ? url.slice(0, -1) : `${url}/`, 'slash'],
    [origin, 'origin_only'],
    [`${origin}/`, 'origin_only'],
    [url.replace(/^https?:/, protocol === 'https:' ? 'http:' : 'https:'), 'scheme'],
    ...hosts
      .filter((one) => one !== host)
      .flatMap((one): [string, Cause][] => [
        [`https://${one}${path}`, 'host'],
        [`http://${one}${path}`, 'host'],
      ]),
    [path, 'path_only'],
    [url.toLowerCase(), 'lower_case'],
  ]
}

// What WeChat or a login adds, and what people take away again before they sign.
function withoutParameters(url: string): string[] {
  const groups = [
    ['from', 'isappinstalled'],
    ['code', 'state'],
    ['from'],
    ['isappinstalled'],
    ['code'],
    ['state'],
  ]
  return groups.map((names) => {
    const [address = '', query = ''] = url.split('?', 2)
    const kept = query.split('&').filter((part) => !names.includes(part.split('=', 1)[0] ?? ''))
    return kept.join('&') ? `${address}?${kept.join('&')}` : address
  })
}

function decoded(url: string): string {
  try {
    return decodeURIComponent(url)
  } catch {
    return url
  }
}

const cutHash = (url: string): string => url.split('#', 1)[0] ?? url
const cutPath = (domain: string): string => domain.split('/', 1)[0] ?? domain
const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex')
