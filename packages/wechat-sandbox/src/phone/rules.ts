import { defineRule } from '../rules/rule.ts'

export const PHONE_RULES = [
  defineRule({
    id: 'card-from',
    text: 'a card that is opened has `from` in its address',
    confidence: 'certain',
    source: 'JS-SDK说明文档',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'card-isappinstalled',
    text: 'a card that is opened has `isappinstalled=0` in its address as well',
    confidence: 'believed',
    source: 'reports of developers',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'bare-link',
    text: 'a page that was opened by a bare link in a chat is forwarded as a bare link',
    confidence: 'believed',
    source: 'reports of developers',
    checkedOn: '2026-11-21',
  }),
]
