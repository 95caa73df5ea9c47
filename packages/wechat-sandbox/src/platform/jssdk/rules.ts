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
  defineRule({
    id: 'jssdk-versions',
    text: 'Tencent’s script answers at its addresses from 1.0.0 to 1.6.0, with its own text; in place of 1.1.0, 1.3.0 and 1.5.0, which nobody keeps, stand 1.2.0, 1.3.2 and 1.6.0',
    confidence: 'certain',
    source: 'the script (npm weixin-js-sdk)',
    checkedOn: '2026-11-21',
  }),
]
