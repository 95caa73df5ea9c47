import { defineRule } from '../../rules/rule.ts'

export const API_RULES = [
  defineRule({
    id: 'errors-are-200',
    text: 'business errors come with HTTP 200, a text and a request id; `sns` puts a comma before it',
    confidence: 'certain',
    source: '服务端 API 问题定位与解决',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'sns-is-text',
    text: '`sns` and the errors of `media/get` come as text/plain',
    confidence: 'believed',
    source: 'reports of developers',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'request-form-errcodes',
    text: '43001, 43002 for the method, 44002 for no body, 47001 for another form, 40066 for a wrong path',
    confidence: 'certain',
    source: '全局返回码',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'unknown-path',
    text: 'below every root of the API an unknown path is answered with 40066, in JSON',
    confidence: 'assumed',
  }),
  defineRule({
    id: 'order-of-checks',
    text: 'in which order a call is checked, but for method and AppID',
    confidence: 'assumed',
  }),
  defineRule({
    id: 'oauth-token-elsewhere',
    text: 'a token of web OAuth is the wrong one for other APIs: 48001',
    confidence: 'certain',
    source: '服务端 API 问题定位与解决',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'ip-whitelist-every-api',
    text: 'an address off the whitelist is refused with 40164 by every API',
    confidence: 'certain',
    source: 'API IP 白名单',
    checkedOn: '2026-11-21',
    turnedBy: 'ipCheckedAt',
  }),
  defineRule({
    id: 'sns-whitelist',
    text: 'of `sns` the whitelist is asked for the exchange of a code alone',
    confidence: 'assumed',
  }),
]
