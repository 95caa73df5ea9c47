import { defineRule } from '../../rules/rule.ts'

export const PUBLISHING_RULES = [
  defineRule({
    id: 'publish-result',
    text: 'the server hears how publishing ended: addresses, or the numbers of the articles that failed',
    confidence: 'certain',
    source: '发布能力',
    checkedOn: '2026-11-21',
    turnedBy: 'publishing',
  }),
  defineRule({
    id: 'publish-at-once',
    text: 'publishing takes no time, and an unknown task is 40097',
    confidence: 'assumed',
  }),
  defineRule({
    id: 'publish-delete',
    text: 'one article is taken back by its number, all by 0 or none',
    confidence: 'certain',
    source: '发布能力',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'publish-errcodes',
    text: '53600 for an article that there is not, 40060 for its number',
    confidence: 'believed',
    source: '全局返回码',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'publish-list',
    text: 'the list of publications has nothing that was sent to many',
    confidence: 'believed',
    source: 'reports of developers',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'publish-test-account',
    text: 'what a test account publishes fails with status 3',
    confidence: 'believed',
    source: 'reports of developers',
    checkedOn: '2026-11-21',
  }),
]
