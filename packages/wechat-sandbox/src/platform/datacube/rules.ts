import { defineRule } from '../../rules/rule.ts'

const source = '数据统计接口介绍, 用户分析数据接口, 消息分析数据接口, 接口分析数据接口'

export const DATACUBE_RULES = [
  defineRule({
    id: 'statistics-period',
    text: 'statistics are told until yesterday and for so many days at once; else 61501, and 61500 for what is no date',
    confidence: 'certain',
    source: '数据统计接口介绍, 全局返回码',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'statistics-fields',
    text: 'who came and went, messages by kind and by how many somebody sent, and how the server took what it was told',
    confidence: 'certain',
    source,
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'statistics-sources',
    text: 'who goes counts under source 0; each attempt to reach the server counts as a callback of its own',
    confidence: 'assumed',
  }),
  defineRule({
    id: 'statistics-of-articles',
    text: 'what was sent to many is counted by article and day, everything that was read by source and day',
    confidence: 'certain',
    source: '图文分析数据接口',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'statistics-of-few',
    text: 'articles with fewer than 3 readers count too, unlike in WeChat; all are read from the chat, and shared by nobody',
    confidence: 'assumed',
  }),
  defineRule({
    id: 'statistics-account',
    text: 'statistics are for verified accounts, else 48001',
    confidence: 'certain',
    source: '数据统计接口介绍',
    checkedOn: '2026-11-21',
    turnedBy: 'account',
  }),
]
