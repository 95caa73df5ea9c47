import { ASSUMED, believed, certain, REPORTS, rulesOf, type Rule } from './rule.ts'

const OAUTH = '网页授权'
const SNAPSHOT = '微信网页授权能力调整公告'

/** Web OAuth and the signature of pages. */
export const LOGIN_RULES: Rule[] = [
  ...rulesOf('platform/oauth/authorize.ts', [
    certain('`authorize` holds the order of its parameters against a strict pattern', OAUTH),
    certain('the callback domain is one exact host, with its path where one was entered: 10003', OAUTH),
    certain(
      '10005, 10010 to 10013 and 10016 for what is wrong in the address; `state` is letters and digits',
      OAUTH,
    ),
    believed('a hash of the callback stays last'),
  ]),
  ...rulesOf('platform/oauth/decide.ts', [
    certain(
      '`snsapi_base` is silent; `snsapi_userinfo` too for a follower who comes from the chat or menu',
      OAUTH,
    ),
    certain('a test account is for followers: 10006', OAUTH),
    believed('60 logins of one person within a minute are too many: 10009', ASSUMED, 'authorizePerMinute'),
    certain('a login against the rules opens a snapshot page with a virtual person', SNAPSHOT, 'snapshot'),
    certain(
      '`forcePopup` asks in any case but the silent ones, `forceSnapShot` opens a snapshot page',
      OAUTH,
    ),
    believed('a consent keeps snapshot pages away for a day', ASSUMED),
  ]),
  ...rulesOf('platform/oauth/authorizeRoutes.ts', [
    believed('who declines is not redirected; outside WeChat the page only asks to be opened there'),
    believed('WeCom counts as outside: it logs people in for an enterprise only', ASSUMED),
    believed('in the web view of a mini program people log in as in WeChat', ASSUMED),
  ]),
  ...rulesOf('platform/oauth/logins.ts', [
    certain('a code lives 5 minutes and is exchanged once', OAUTH),
    believed('a code that has ended is 40029', '全局返回码', 'expiredCode'),
    certain('a refresh_token lives 30 days: 40030, 42002, 42007', OAUTH),
    believed('renewing a token that lives prolongs it, one that has ended is replaced', REPORTS),
    certain('a profile needs `snsapi_userinfo`, else 48001; sex and region are empty', '获取授权用户信息'),
    certain("a snapshot page's visitor is marked `is_snapshotuser`", SNAPSHOT),
    believed("the profile of a snapshot page's visitor is refused with 48001"),
  ]),
  ...rulesOf('platform/identities.ts', [
    certain('a unionid exists only for accounts bound to an Open Platform account', OAUTH, 'openPlatform'),
  ]),
  ...rulesOf('platform/jssdk/jsapi.ts', [
    certain('a signature is SHA-1 over ticket, nonce, timestamp and URL without hash', 'JS-SDK说明文档'),
    certain(
      'a JS-safe domain covers its sub-domains, and with a path only what lies below',
      'JS-SDK说明文档',
    ),
    believed('a port counts only where it is written out in the domain, as on test accounts'),
  ]),
]
