import { defineRule } from '../../rules/rule.ts'

export const SHORTEN_RULES = [
  defineRule({
    id: 'short-keys',
    text: 'up to 4 KB are kept under a short key of 15 letters and digits for up to 30 days: 9410010, 9410011, 9410012',
    confidence: 'certain',
    source: '长信息转短链, 短链转长信息',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'short-urls-ended',
    text: 'short addresses ended in March 2021: `shorturl` answers with the long one',
    confidence: 'believed',
    source: '长链接转短链接; reports since 2023 see 45103',
    checkedOn: '2026-11-21',
    turnedBy: 'shortUrls',
  }),
]
