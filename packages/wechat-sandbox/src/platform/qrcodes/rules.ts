import { defineRule } from '../../rules/rule.ts'

const document = {
  confidence: 'certain',
  source: '生成带参数的二维码',
  checkedOn: '2026-11-21',
} as const

export const QRCODES_RULES = [
  defineRule({
    id: 'qrcode-kinds',
    text: 'QR codes with a number or a text of 1 to 64 characters; for a time (60 seconds, 30 days at most) or for good (numbers up to 100,000)',
    ...document,
  }),
  defineRule({
    id: 'qrcode-mistakes',
    text: 'a wrong action is 40052, a wrong scene 40053; what lasts too long is cut to 30 days',
    confidence: 'believed',
    source: '全局返回码',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'qrcode-picture',
    text: 'a ticket gives the picture without any token; a wrong one is status 404',
    ...document,
  }),
  defineRule({
    id: 'qrcode-scan',
    text: 'a scanned code is told with its ticket: `qrscene_` and the scene where somebody follows by it, SCAN of who follows already',
    ...document,
  }),
  defineRule({
    id: 'qrcode-ended',
    text: 'a code that has ended tells nobody anything, and its picture is 404',
    confidence: 'assumed',
  }),
  defineRule({
    id: 'qrcode-account',
    text: 'QR codes are for verified service accounts, else 48001',
    confidence: 'certain',
    source: '接口权限说明',
    checkedOn: '2026-11-21',
    turnedBy: 'account',
  }),
]
