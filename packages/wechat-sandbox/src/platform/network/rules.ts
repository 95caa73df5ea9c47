import { defineRule } from '../../rules/rule.ts'

export const NETWORK_RULES = [
  defineRule({
    id: 'network-check',
    text: "WeChat's addresses, and the check of the network with its errors",
    confidence: 'certain',
    source: '网络通信检测, 获取微信服务器IP地址',
    checkedOn: '2026-11-21',
  }),
]
