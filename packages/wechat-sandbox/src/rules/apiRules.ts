import { ASSUMED, believed, certain, REPORTS, rulesOf, type Rule } from './rule.ts'

const STABLE = '获取稳定版接口调用凭据'
const CODES = '全局返回码'
const LIMITS = '接口调用频次限制说明'

/** The platform's HTTP API. */
export const API_RULES: Rule[] = [
  ...rulesOf('platform/api/answers.ts', [
    certain(
      'business errors come with HTTP 200, a text and a request id; `sns` puts a comma before it',
      '服务端 API 问题定位与解决',
    ),
    believed('`sns` and the errors of `media/get` come as text/plain'),
  ]),
  ...rulesOf('platform/api/router.ts', [
    certain(
      '43001, 43002 for the method, 44002 for no body, 47001 for another form, 40066 for a wrong path',
      CODES,
    ),
    believed('in which order a call is checked, but for method and AppID', ASSUMED),
    certain('a token of web OAuth is the wrong one for other APIs: 48001', '服务端 API 问题定位与解决'),
    certain(
      'an address off the whitelist is refused with 40164 by every API',
      'API IP 白名单',
      'ipCheckedAt',
    ),
    believed('of `sns` the whitelist is asked for the exchange of a code alone', ASSUMED),
  ]),
  ...rulesOf('platform/credentials/accountSecret.ts', [
    certain(
      'the AppID is looked at before grant_type and secret; a frozen secret is 40243',
      '获取接口调用凭据',
    ),
  ]),
  ...rulesOf('platform/credentials/tokens.ts', [
    certain(
      '`/cgi-bin/token` issues a new token each time; the one before works 5 minutes longer',
      '服务端 API 调用说明',
    ),
    certain(
      '`stable_token` repeats its token with the remaining seconds; the next one in the last 5 minutes',
      STABLE,
    ),
    certain('a forced refresh: 20 a day, not within 30 seconds, the old token ends at once', STABLE),
    believed('the 21st forced refresh of a day is refused with 45009'),
    certain('the two endpoints are isolated from each other', STABLE),
    believed('a token that has ended is 42001, one that was replaced 40001', REPORTS, 'expiredToken'),
    certain('tickets of type jsapi and wx_card differ', 'JS-SDK说明文档'),
    believed(
      'a ticket stays the same while it lives and is reported with its full life',
      REPORTS,
      'ticketsRotate',
    ),
  ]),
  ...rulesOf('platform/quota/quotas.ts', [
    certain('quotas by day and minute, lower ones for test accounts: 45009 and 45011', LIMITS),
    certain('ten resets a month, with token or secret, else 48006', '重置API调用次数'),
    believed('a day ends at midnight in Beijing; which calls count; the quota of tickets', ASSUMED),
  ]),
  ...rulesOf('platform/quota/quotaApis.ts', [
    certain('`quota/get` and `rid/get` tell of own calls; `sns` is 76022', '查询API调用额度, 查询rid信息'),
  ]),
  ...rulesOf('platform/users/userApis.ts', [
    certain(
      'of followers neither name nor picture is told, of others only that they are none',
      '获取用户基本信息',
    ),
  ]),
  ...rulesOf('platform/messages/messageApis.ts', [
    certain('customer-service messages: text, image, voice, video, music, one article', '客服消息'),
    believed('within 48 hours of an act of the person, else 45015', REPORTS, 'customWindowHours'),
    believed('5 after each act, else 45047', REPORTS, 'customMessages'),
    believed(
      'opening a page from the menu is no act; nobody who does not follow is written to (43004)',
      ASSUMED,
    ),
  ]),
  ...rulesOf('platform/messages/templateApis.ts', [
    certain(
      'template messages go to followers of verified service accounts; the server hears of the outcome',
      '模板消息',
    ),
    believed('each consent is good for one subscription notice, else 43101'),
  ]),
  ...rulesOf('platform/messages/templates.ts', [
    believed('a missing field, or one that is too long for its kind, is 47003 and named', CODES),
  ]),
  ...rulesOf('platform/menu/menu.ts', [
    certain('1 to 3 buttons with 1 to 5 items each', '自定义菜单'),
    believed('names of 16 and 60 bytes; which errcode each mistake has', CODES),
  ]),
  ...rulesOf('platform/media/media.ts', [
    certain('uploaded media are kept for 3 days, then 40007', '获取临时素材'),
  ]),
  ...rulesOf('platform/media/mediaApis.ts', [
    certain('media come as a file, a video as its address', '获取临时素材'),
  ]),
  ...rulesOf('platform/network/networkApis.ts', [
    certain(
      "WeChat's addresses, and the check of the network with its errors",
      '网络通信检测, 获取微信服务器IP地址',
    ),
  ]),
  ...rulesOf('platform/permissions.ts', [
    certain(
      'unverified accounts have neither share nor login, subscription accounts no login',
      '接口权限说明',
      'account',
    ),
  ]),
]
