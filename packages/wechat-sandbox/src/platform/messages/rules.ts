import { defineRule } from '../../rules/rule.ts'

export const MESSAGES_RULES = [
  defineRule({
    id: 'custom-message-types',
    text: 'customer-service messages: text, image, voice, video, music, one article, own articles, coupon, mini program, menu',
    confidence: 'certain',
    source: '客服消息',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'custom-message-window',
    text: 'within 48 hours of an act of the person, else 45015',
    confidence: 'believed',
    source: 'reports of developers',
    checkedOn: '2026-11-21',
    turnedBy: 'customWindowHours',
  }),
  defineRule({
    id: 'custom-message-count',
    text: '5 after each act, else 45047',
    confidence: 'believed',
    source: 'reports of developers',
    checkedOn: '2026-11-21',
    turnedBy: 'customMessages',
  }),
  defineRule({
    id: 'menu-view-no-act',
    text: 'opening a page from the menu is no act; nobody who does not follow is written to (43004)',
    confidence: 'assumed',
  }),
  defineRule({
    id: 'template-to-followers',
    text: 'template messages go to followers of verified service accounts; the server hears of the outcome',
    confidence: 'certain',
    source: '模板消息',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'subscription-consent',
    text: 'each consent is good for one subscription notice, else 43101',
    confidence: 'believed',
    source: 'reports of developers',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'template-field-errors',
    text: 'a missing field, or one that is too long for its kind, is 47003 and named',
    confidence: 'believed',
    source: '全局返回码',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'message-menu',
    text: 'a tap on an item of a menu message comes as a text with `bizmsgmenuid`',
    confidence: 'certain',
    source: '客服消息',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'message-menu-test-account',
    text: 'a test account has no menu messages: 40200',
    confidence: 'believed',
    source: 'reports of developers',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'custom-typing',
    text: 'the typing sign: 30 seconds after a message, for 15 seconds; 45072, 45080, 45081',
    confidence: 'certain',
    source: '客服输入状态',
    checkedOn: '2026-11-21',
  }),
]
