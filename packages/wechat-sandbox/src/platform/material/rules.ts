import { defineRule } from '../../rules/rule.ts'

export const MATERIAL_RULES = [
  defineRule({
    id: 'material-stays',
    text: 'permanent media stay; a picture has an address, a video comes as title, description and address',
    confidence: 'certain',
    source: '获取永久素材',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'material-lists',
    text: 'lists of 20 at most with their counts, and the number of each kind',
    confidence: 'certain',
    source: '获取永久素材列表',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'material-list-details',
    text: 'thumbs stand among the pictures; the newest first; another number than 1 to 20 is 40097',
    confidence: 'assumed',
  }),
  defineRule({
    id: 'material-no-news',
    text: '`add_news` and `update_news` have ended: 45106',
    confidence: 'believed',
    source: 'reports of developers',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'library-verified',
    text: 'library, drafts and publishing are for verified accounts: 48001',
    confidence: 'certain',
    source: '接口权限说明',
    checkedOn: '2026-11-21',
  }),
]
