import { defineRule } from '../../rules/rule.ts'

export const PAGE_RULES = [
  defineRule({
    id: 'bridge-arrival',
    text: 'the bridge is there before page scripts on iOS and comes after them on Android',
    confidence: 'believed',
    source: 'reports of developers',
    checkedOn: '2026-11-21',
    turnedBy: 'bridgeArrives',
  }),
  defineRule({
    id: 'bridge-ready-event',
    text: '`WeixinJSBridgeReady` comes once the scripts of a page can hear it, also where the object was there before',
    confidence: 'believed',
    source: "published copies of the app's script",
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'bridge-members',
    text: 'the bridge has `log` and `env` besides `invoke`, `call` and `on`',
    confidence: 'believed',
    source: "published copies of the app's script",
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'bridge-env-empty',
    text: '`env` is an empty object',
    confidence: 'assumed',
  }),
  defineRule({
    id: 'one-handler',
    text: 'one handler for each event; the last one counts',
    confidence: 'certain',
    source: "read in Tencent's script",
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'environment-variable',
    text: '`window.__wxjs_environment` is `miniprogram` inside of one',
    confidence: 'certain',
    source: '小程序 web-view',
    checkedOn: '2026-11-21',
  }),
]
