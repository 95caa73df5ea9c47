import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { SigningSecret } from '../../platform/credentials/tokens.ts'
import { explainSignature } from './explain.ts'
import { ARTICLE, CARD, ENTRY, openTestPage, sign } from '../testPage.testing.ts'

const TICKET = 'kgt8ON7yVITDhtdwci0qeLIVE-ticket-of-the-account'
const OLD = 'kgt8ON7yVITDhtdwci0qeOLD-ticket-of-yesterday---'
const URL_OF_PAGE = 'https://h5.example.com/a/%E6%96%87?from=timeline&q=1%2B2&code=C&state=S'
const SECRETS: SigningSecret[] = [
  { value: OLD, kind: 'jsapi', valid: false },
  { value: TICKET, kind: 'jsapi', valid: true },
  { value: 'IpK_card-ticket', kind: 'wx_card', valid: true },
  { value: '80_access-token', kind: 'access_token', valid: true },
]
const RIGHT = { ticket: TICKET, nonceStr: 'Wm3', timestamp: '1760000000', url: URL_OF_PAGE }
const explain = (
  signature: string,
  change: { urls?: string[]; timestamp?: string; secrets?: SigningSecret[] } = {},
) =>
  explainSignature({
    claim: { timestamp: change.timestamp ?? RIGHT.timestamp, nonceStr: RIGHT.nonceStr, signature },
    countingUrl: URL_OF_PAGE,
    urls: change.urls ?? [`${URL_OF_PAGE}#top`],
    secrets: change.secrets ?? SECRETS,
    jsDomains: ['h5.example.com', 'www.example.com'],
  })
const sha1 = (text: string) => createHash('sha1').update(text).digest('hex')

describe('the likely cause of a refused signature', () => {
  it.each([
    ['hash', `${URL_OF_PAGE}#top`],
    ['encoded', encodeURIComponent(URL_OF_PAGE)],
    ['encoded_twice', encodeURI(URL_OF_PAGE)],
    ['decoded', decodeURIComponent(URL_OF_PAGE)],
    ['html_escaped', URL_OF_PAGE.replaceAll('&', '&amp;')],
    ['cut_at_ampersand', 'https://h5.example.com/a/%E6%96%87?from=timeline'],
    ['without_query', 'https://h5.example.com/a/%E6%96%87'],
    ['without_parameters', 'https://h5.example.com/a/%E6%96%87?q=1%2B2&code=C&state=S'],
    ['without_parameters', 'https://h5.example.com/a/%E6%96%87?from=timeline&q=1%2B2'],
    ['slash', `${URL_OF_PAGE}/`],
    ['origin_only', 'https://h5.example.com/'],
    ['scheme', URL_OF_PAGE.replace('https', 'http')],
    ['host', URL_OF_PAGE.replace('h5.', 'www.')],
    ['host', URL_OF_PAGE.replace('.com', '.com:443')],
    ['path_only', URL_OF_PAGE.slice('https://h5.example.com'.length)],
    ['lower_case', URL_OF_PAGE.toLowerCase()],
  ])('%s', (id, url) => {
    const { causes, strings } = explain(sign({ ...RIGHT, url }))
    expect(causes.map((cause) => cause.id)).toEqual([id])
    expect(strings?.expected).toMatch(
      /&url=https:\/\/h5\.example\.com\/a\/%E6%96%87\?from=timeline&q=1%2B2&code=C&state=S$/,
    )
    expect(strings?.signed?.endsWith(`&url=${url}`)).toBe(true)
  })

  it('another address of the same document: the entry, the current one, one in between', () => {
    const [entry, between] = ['https://h5.example.com/?x=1', 'https://h5.example.com/b']
    const cause = (url: string, urls: string[]) => explain(sign({ ...RIGHT, url }), { urls }).causes[0]?.id
    expect(cause(entry, [entry, between, URL_OF_PAGE])).toBe('entry_url')
    expect(cause(between, [entry, between, URL_OF_PAGE])).toBe('earlier_url')
    expect(cause(between, [URL_OF_PAGE, between])).toBe('current_url')
  })

  it.each([
    ['old_ticket', { ticket: OLD }],
    ['card_ticket', { ticket: 'IpK_card-ticket' }],
    ['access_token', { ticket: '80_access-token' }],
    ['milliseconds', { timestamp: '1760000000000' }],
  ])('%s', (id, change) =>
    expect(explain(sign({ ...RIGHT, ...change })).causes.map((cause) => cause.id)).toEqual([id]),
  )

  it('milliseconds in wx.config, seconds in the string', () =>
    expect(explain(sign(RIGHT), { timestamp: '1760000000000' }).causes[0]?.id).toBe('milliseconds'))

  it.each([
    ['key_case', `jsapi_ticket=${TICKET}&nonceStr=Wm3&timestamp=1760000000&url=${URL_OF_PAGE}`],
    ['key_order', `noncestr=Wm3&jsapi_ticket=${TICKET}&timestamp=1760000000&url=${URL_OF_PAGE}`],
  ])('%s', (id, text) => expect(explain(sha1(text)).causes[0]?.id).toBe(id))

  it('upper case', () => expect(explain(sign(RIGHT).toUpperCase()).causes[0]?.id).toBe('upper_case'))

  it('two mistakes at once', () => {
    const { causes } = explain(sign({ ...RIGHT, ticket: OLD, url: `${URL_OF_PAGE}#top` }))
    expect(causes.map(({ id }) => id).sort()).toEqual(['hash', 'old_ticket'])
  })

  it('what cannot be found out is said to be unknown', () => {
    const { causes, strings } = explain(sign({ ...RIGHT, ticket: 'of another account' }))
    expect(causes[0]?.id).toBe('unknown')
    expect(strings?.signed).toBeUndefined()
    expect(causes[0]?.advice.en).toMatch(/nonceStr/)
  })

  it('a site that has kept the ticket of an earlier start', () => {
    const secrets = SECRETS.filter(({ kind }) => kind !== 'jsapi')
    const { causes } = explain(sign({ ...RIGHT, ticket: 'of an earlier start' }), { secrets })
    expect(causes.map(({ id }) => id)).toEqual(['kept_ticket'])
    expect(causes[0]?.advice.en).toMatch(/in a file, Redis/)
    const withToken = explain(sign({ ...RIGHT, ticket: '80_access-token' }), { secrets })
    expect(withToken.causes[0]?.id).toBe('access_token')
  })
})

it('shows no ticket in full, and two tickets as two', () => {
  const { strings } = explain(sign({ ...RIGHT, ticket: OLD }))
  expect(strings?.signed).not.toBe(strings?.expected)
  expect(JSON.stringify(strings)).not.toContain(TICKET)
  expect(JSON.stringify(strings)).not.toContain(OLD)
})

it('takes no longer than a blink with many tickets and addresses', () => {
  const secrets = Array.from({ length: 300 }, (_, at): SigningSecret => ({
    value: `t${at}`,
    kind: 'jsapi',
    valid: at > 298,
  }))
  const urls = Array.from({ length: 30 }, (_, at) => `https://h5.example.com/${at}?a=1&b=2`)
  const before = process.cpuUsage() // of this process alone: others may keep the machine busy
  const { causes } = explainSignature({
    claim: { timestamp: '1', nonceStr: 'n', signature: 'x' },
    countingUrl: 'https://h5.example.com/0?a=1&b=2',
    urls,
    secrets,
    jsDomains: ['h5.example.com'],
  })
  expect(causes[0]?.id).toBe('unknown')
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(3000)
})

describe('other refusals', () => {
  const last = (page: ReturnType<typeof openTestPage>) => page.calls.at(-1)?.explanation

  it('tell what stands between a page and the API', () => {
    const page = openTestPage('android')
    page.invoke('scanQRCode')
    expect(last(page)?.causes[0]?.id).toBe('not_configured')
    page.configured('startRecord')
    page.invoke('scanQRCode')
    expect(last(page)).toMatchObject({ causes: [{ id: 'not_listed' }], facts: ['scanQRCode'] })
    page.invoke('startRecord', {}, ARTICLE)
    expect(last(page)).toMatchObject({ causes: [{ id: 'granted_elsewhere' }], facts: [ENTRY, ARTICLE] })
    page.invoke('nonsense')
    expect(last(page)?.causes[0]?.id).toBe('too_old')
    page.invoke('startRecord')
    expect(last(page)).toBeUndefined()
  })

  it('tell what is wrong with a config', () => {
    const page = openTestPage('ios')
    page.config(ENTRY, ENTRY, { verifyNonceStr: undefined })
    expect(last(page)).toMatchObject({ causes: [{ id: 'missing' }], facts: ['nonceStr'] })
    page.config(ENTRY, ENTRY, { verifyNonceStr: 42 })
    expect(last(page)?.causes.map(({ id }) => id)).toEqual(['number_nonce', 'missing'])
    page.config(ENTRY, ENTRY, { verifyAppId: 'wx0' })
    expect(last(page)).toMatchObject({ causes: [{ id: 'other_account' }] })
    page.platform.account.jsDomains = ['other.example.com']
    page.config(ENTRY)
    expect(last(page)).toMatchObject({
      causes: [{ id: 'domain' }],
      facts: ['h5.example.com', 'other.example.com'],
    })
  })

  it('tell a link of another site from one with raw characters', () => {
    const page = openTestPage('ios')
    page.configured('updateTimelineShareData')
    page.invoke('updateTimelineShareData', { ...CARD, link: 'https://evil.example/' })
    expect(last(page)?.causes[0]?.id).toBe('link_domain')
    page.invoke('updateTimelineShareData', { ...CARD, link: `${ENTRY}文` })
    expect(last(page)?.causes[0]?.id).toBe('link_not_encoded')
  })

  it('iOS: a page that signs the current address is told so', () => {
    const page = openTestPage('ios')
    page.config(ARTICLE)
    expect(last(page)?.causes.map(({ id }) => id)).toEqual(['current_url'])
  })
})
