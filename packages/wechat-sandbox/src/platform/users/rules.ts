import { defineRule } from '../../rules/rule.ts'

export const USERS_RULES = [
  defineRule({
    id: 'user-info-fields',
    text: 'of followers neither name nor picture is told, of others only that they are none',
    confidence: 'certain',
    source: '获取用户基本信息',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'followers-paged',
    text: 'followers are listed 10,000 at a time, `next_openid` is the last one of the page',
    confidence: 'certain',
    source: '获取关注用户列表',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'users-in-batches',
    text: 'up to 100 people are told of at once',
    confidence: 'certain',
    source: '批量获取用户基本信息',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'remark-bytes',
    text: 'a remark has fewer than 30 bytes, else 40092',
    confidence: 'certain',
    source: '设置用户备注名, 全局返回码',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'users-in-batches-errcode',
    text: 'who asks for more than 100 people gets 40032; an unknown `next_openid` is 40003',
    confidence: 'believed',
    source: '全局返回码',
    checkedOn: '2026-11-21',
  }),
]
