import { defineRule } from '../../rules/rule.ts'

export const CREDENTIALS_RULES = [
  defineRule({
    id: 'appid-first',
    text: 'the AppID is looked at before grant_type and secret; a frozen secret is 40243',
    confidence: 'certain',
    source: '获取接口调用凭据',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'token-overlap',
    text: '`/cgi-bin/token` issues a new token each time; the one before works 5 minutes longer',
    confidence: 'certain',
    source: '服务端 API 调用说明',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'stable-token-repeats',
    text: '`stable_token` repeats its token with the remaining seconds; the next one in the last 5 minutes',
    confidence: 'certain',
    source: '获取稳定版接口调用凭据',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'forced-refresh',
    text: 'a forced refresh: 20 a day, not within 30 seconds, the old token ends at once',
    confidence: 'certain',
    source: '获取稳定版接口调用凭据',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'forced-refresh-limit',
    text: 'the 21st forced refresh of a day is refused with 45009',
    confidence: 'believed',
    source: 'reports of developers',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'token-endpoints-isolated',
    text: 'the two endpoints are isolated from each other',
    confidence: 'certain',
    source: '获取稳定版接口调用凭据',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'ended-token-errcode',
    text: 'a token that has ended is 42001, one that was replaced 40001',
    confidence: 'believed',
    source: 'reports of developers',
    checkedOn: '2026-11-21',
    turnedBy: 'expiredToken',
  }),
  defineRule({
    id: 'ticket-types',
    text: 'tickets of type jsapi and wx_card differ',
    confidence: 'certain',
    source: 'JS-SDK说明文档',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'ticket-stays',
    text: 'a ticket stays the same while it lives and is reported with its full life',
    confidence: 'believed',
    source: 'reports of developers',
    checkedOn: '2026-11-21',
    turnedBy: 'ticketsRotate',
  }),
]
