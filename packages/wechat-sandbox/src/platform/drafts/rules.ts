import { defineRule } from '../../rules/rule.ts'

export const DRAFTS_RULES = [
  defineRule({
    id: 'draft-box',
    text: 'drafts are added, read, changed one article at a time, counted, listed and deleted',
    confidence: 'certain',
    source: '草稿箱',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'draft-leaves',
    text: 'a draft that is published or sent to many is none any more',
    confidence: 'certain',
    source: '新增草稿',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'draft-index',
    text: 'a change at a place where no article is: 40114',
    confidence: 'believed',
    source: '全局返回码',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'draft-switch',
    text: 'the switch for drafts is on everywhere',
    confidence: 'believed',
    source: '草稿箱',
    checkedOn: '2026-11-21',
  }),
]
