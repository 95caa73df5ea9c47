import { defineRule } from '../../rules/rule.ts'

export const TEMPLATES_RULES = [
  defineRule({
    id: 'template-industries',
    text: 'an account has two of 41 industries and changes them once a month: 40102, 43100',
    confidence: 'certain',
    source: '设置所属行业, 全局返回码',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'template-list',
    text: 'up to 25 templates: 45026; of a category’s template the keywords are named, else 40246; who deletes a wrong one gets 40037',
    confidence: 'certain',
    source: '选用模板, 全局返回码',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'template-library',
    text: 'the libraries of templates: any id that looks like one is there, its keywords are made up',
    confidence: 'assumed',
  }),
  defineRule({
    id: 'notice-list',
    text: 'a subscription notice has 2 to 5 keywords of its title and a scene of 15 characters: 200014, 200020, 200021',
    confidence: 'certain',
    source: '选用模板 (订阅通知)',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'notice-count',
    text: 'an account has up to 50 subscription notices, else 200012',
    confidence: 'believed',
    source: 'reports of developers; older documents say 25',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'notice-form',
    text: 'notices are picked with a form or with JSON',
    confidence: 'certain',
    source: 'subscribeMessage.addTemplate',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'notice-unknown',
    text: 'deleting a notice that is none is 20001',
    confidence: 'believed',
    source: 'subscribeMessage.deleteTemplate',
    checkedOn: '2026-11-21',
  }),
]
