import { defineRule } from '../../rules/rule.ts'

export const MENU_RULES = [
  defineRule({
    id: 'menu-size',
    text: '1 to 3 buttons with 1 to 5 items each',
    confidence: 'certain',
    source: '自定义菜单',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'menu-name-bytes',
    text: 'names of 16 and 60 bytes; which errcode each mistake has',
    confidence: 'believed',
    source: '全局返回码',
    checkedOn: '2026-11-21',
  }),
]
