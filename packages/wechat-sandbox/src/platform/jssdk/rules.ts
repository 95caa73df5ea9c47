import { defineRule } from '../../rules/rule.ts'

export const JSSDK_RULES = [
  defineRule({
    id: 'signature-string',
    text: 'a signature is SHA-1 over ticket, nonce, timestamp and URL without hash',
    confidence: 'certain',
    source: 'JS-SDK说明文档',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'js-domain-covers',
    text: 'a JS-safe domain covers its sub-domains, and with a path only what lies below',
    confidence: 'certain',
    source: 'JS-SDK说明文档',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'js-domain-port',
    text: 'a port counts only where it is written out in the domain, as on test accounts',
    confidence: 'believed',
    source: 'reports of developers',
    checkedOn: '2026-11-21',
  }),
]
