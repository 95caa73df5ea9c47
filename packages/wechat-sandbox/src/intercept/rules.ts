import { defineRule } from '../rules/rule.ts'

export const INTERCEPT_RULES = [
  defineRule({
    id: 'api-hosts',
    text: 'with `--intercept`: `api2.`, `sh.api.`, `sz.api.`, `hk.api.` and `file.api.weixin.qq.com` answer as `api.weixin.qq.com` does',
    confidence: 'certain',
    source: '服务端 API 调用说明',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'pay-refused',
    text: 'with `--intercept`: the pay host refuses everybody, with return_code FAIL or NO_AUTH',
    confidence: 'assumed',
  }),
]
