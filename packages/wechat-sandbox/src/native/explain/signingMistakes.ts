import type { Cause } from './causes.ts'
import type { Evidence } from './evidence.ts'

/** Something that may have gone into the string; without a cause it is the right one. */
export interface Choice<T> {
  value: T
  cause: Cause | undefined
}

interface Parts {
  ticket: string
  nonceStr: string
  timestamp: string
  url: string
}

/** The string of the documents. */
export const standard = ({ ticket, nonceStr, timestamp, url }: Parts): string =>
  `jsapi_ticket=${ticket}&noncestr=${nonceStr}&timestamp=${timestamp}&url=${url}`

/** The string of the documents, and what people make of it. */
export const FORMATS: Choice<(parts: Parts) => string>[] = [
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

/** Tickets and tokens: any may have been taken for the right one. */
export function secretsOf({ secrets }: Evidence): Choice<string>[] {
  return secrets
    .map(({ value, kind, valid }): Choice<string> => {
      if (kind === 'jsapi') return { value, cause: valid ? undefined : 'old_ticket' }
      return { value, cause: kind === 'wx_card' ? 'card_ticket' : 'access_token' }
    })
    .slice(-40)
}

/** The timestamp in seconds, and the mix-up with milliseconds. */
export function stampsOf({ claim: { timestamp } }: Evidence): Choice<string>[] {
  const milliseconds = /^\d{13}$/.test(timestamp) ? timestamp.slice(0, 10) : `${timestamp}000`
  return [
    { value: timestamp, cause: undefined },
    { value: milliseconds, cause: 'milliseconds' },
  ]
}

/** The address that counts, and every other that is likely to have been signed. */
export function urlsOf({ countingUrl, urls, jsDomains }: Evidence): Choice<string>[] {
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
