import { defineRule } from '../../rules/rule.ts'

export const QUOTA_RULES = [
  defineRule({
    id: 'quota-day-minute',
    text: 'quotas by day and minute, lower ones for test accounts: 45009 and 45011',
    confidence: 'certain',
    source: '接口调用频次限制说明',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'quota-resets',
    text: 'ten resets a month, with token or secret, else 48006',
    confidence: 'certain',
    source: '重置API调用次数',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'quota-day-ends',
    text: 'a day ends at midnight in Beijing; which calls count; the quota of tickets',
    confidence: 'assumed',
  }),
  defineRule({
    id: 'quota-and-rid',
    text: '`quota/get` and `rid/get` tell of own calls; `sns` is 76022',
    confidence: 'certain',
    source: '查询API调用额度, 查询rid信息',
    checkedOn: '2026-11-21',
  }),
]
