import { defineRule } from '../../rules/rule.ts'

export const USERS_RULES = [
  defineRule({
    id: 'user-info-fields',
    text: 'of followers neither name nor picture is told, of others only that they are none',
    confidence: 'certain',
    source: '获取用户基本信息',
    checkedOn: '2026-11-21',
  }),
]
