import { defineRule } from '../../rules/rule.ts'

export const CUSTOMSERVICE_RULES = [
  defineRule({
    id: 'kf-accounts',
    text: 'accounts of the customer service, 100 at most, with the errcodes 65401 to 65412',
    confidence: 'certain',
    source: '客服管理',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'kf-binding',
    text: 'somebody sits behind an account as soon as it is there, and is always there',
    confidence: 'assumed',
    turnedBy: 'kfBinding',
  }),
  defineRule({
    id: 'kf-sessions',
    text: 'one account serves a person at a time: 65414; closing what is not open is 65413',
    confidence: 'certain',
    source: '客服会话控制',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'kf-events',
    text: 'the server hears when a session begins and ends',
    confidence: 'certain',
    source: '客服会话控制',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'kf-queue',
    text: 'who is handed over by `transfer_customer_service` waits, or is served at once by the account that is named',
    confidence: 'certain',
    source: '将消息转发到客服',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'kf-messages',
    text: 'while a session lasts, the server hears nothing of what the person writes',
    confidence: 'certain',
    source: '将消息转发到客服',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'kf-records',
    text: 'records of a day at most, else 65417; other parameters are 65416',
    confidence: 'certain',
    source: '获取聊天记录',
    checkedOn: '2026-11-21',
  }),
]
