/** One rule of WeChat that the sandbox emulates; `docs/sandbox.md` shows the whole list. */
export interface Rule {
  /** Stays the same when the words change. */
  id: string
  text: string
  /** `certain`: stated by WeChat's documents or read in its script. `believed`: rests on consistent reports. */
  mark: 'certain' | 'believed'
  /** The official document's title, the script, or what else it rests on. */
  source: string
  /** The file that does it, from `src/`. */
  where: string
  /** The platform's switch that turns it, where there is one. */
  switch?: string
}

const REPORTS = 'reports of developers'
const SCRIPT = 'read in the script'

const PLATFORM_RULES: Rule[] = [
  {
    id: 'business-errors',
    text: 'business errors come with HTTP 200, a text and a request id; `sns` puts a comma before it',
    mark: 'certain',
    source: '服务端 API 问题定位与解决',
    where: 'platform/answers.ts',
  },
  {
    id: 'classic-token',
    text: '`/cgi-bin/token` issues a new token each time; the one before works 5 minutes longer',
    mark: 'certain',
    source: '服务端 API 调用说明',
    where: 'platform/tokens.ts',
  },
  {
    id: 'stable-token',
    text: '`stable_token` repeats its token with the remaining seconds; the next one in the last 5 minutes',
    mark: 'certain',
    source: '获取稳定版接口调用凭据',
    where: 'platform/tokens.ts',
  },
  {
    id: 'forced-refresh',
    text: 'a forced refresh: 20 a day, not within 30 seconds, the old token ends at once',
    mark: 'certain',
    source: '获取稳定版接口调用凭据',
    where: 'platform/tokens.ts',
  },
  {
    id: 'forced-refresh-21',
    text: 'the 21st forced refresh of a day is refused with 45009',
    mark: 'believed',
    source: REPORTS,
    where: 'platform/tokens.ts',
  },
  {
    id: 'ticket-repeats',
    text: 'a ticket stays the same while it lives and is reported with its full life',
    mark: 'believed',
    source: REPORTS,
    where: 'platform/tokens.ts',
    switch: 'ticketsRotate',
  },
  {
    id: 'authorize-order',
    text: '`authorize` holds the order of its parameters against a strict pattern, and the exact callback domain',
    mark: 'certain',
    source: '网页授权',
    where: 'platform/authorize.ts',
  },
  {
    id: 'code-life',
    text: 'a code lives 5 minutes and is exchanged once',
    mark: 'certain',
    source: '网页授权',
    where: 'platform/logins.ts',
  },
  {
    id: 'signature',
    text: 'a signature is SHA-1 over ticket, nonce, timestamp and URL without hash',
    mark: 'certain',
    source: 'JS-SDK说明文档',
    where: 'platform/jsapi.ts',
  },
  {
    id: 'safe-domain-port',
    text: 'a port counts only where it is written out in the JS-safe domain, as on test accounts',
    mark: 'believed',
    source: REPORTS,
    where: 'platform/jsapi.ts',
  },
]

const BRIDGE_RULES: Rule[] = [
  {
    id: 'android-current-url',
    text: 'Android judges by the current address, and a grant belongs to it',
    mark: 'believed',
    source: REPORTS,
    where: 'bridge/nativeApp.ts',
  },
  {
    id: 'ios-entry-url',
    text: 'iOS judges by the address at which the document was entered, until a full load',
    mark: 'believed',
    source: REPORTS,
    where: 'bridge/nativeApp.ts',
  },
  {
    id: 'refusal-wording',
    text: 'refusals are worded "offline verifying" on iOS and "permission denied" on Android',
    mark: 'believed',
    source: REPORTS,
    where: 'bridge/nativeApp.ts',
  },
  {
    id: 'share-link-domain',
    text: 'a share link must lie in a JS-safe domain',
    mark: 'certain',
    source: 'JSSDK自定义分享接口的策略调整',
    where: 'bridge/nativeApp.ts',
  },
  {
    id: 'share-link-chinese',
    text: 'raw Chinese in a share link is refused on iOS',
    mark: 'believed',
    source: REPORTS,
    where: 'bridge/nativeApp.ts',
  },
  {
    id: 'check-result-encoding',
    text: '`checkResult` is JSON text on Android, an object on iOS',
    mark: 'certain',
    source: SCRIPT,
    where: 'bridge/nativeApp.ts',
  },
  {
    id: 'legacy-share',
    text: 'new share data wins over a legacy handler; a legacy handler shares only from the menu',
    mark: 'believed',
    source: REPORTS,
    where: 'bridge/nativeApp.ts',
  },
  {
    id: 'default-card',
    text: "without data a card has the page's title, its address and its first big picture",
    mark: 'believed',
    source: REPORTS,
    where: 'bridge/nativeApp.ts',
  },
]

/** Every rule, the platform's first. Append where you emulate more; a test holds the document against this list. */
export const RULES: readonly Rule[] = [...PLATFORM_RULES, ...BRIDGE_RULES]
