import { defineRule } from '../../rules/rule.ts'

export const MEDIA_RULES = [
  defineRule({
    id: 'media-three-days',
    text: 'uploaded media are kept for 3 days, then 40007',
    confidence: 'certain',
    source: '获取临时素材',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'media-video-address',
    text: 'media come as a file, a video as its address',
    confidence: 'certain',
    source: '获取临时素材',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'thumb-media-id',
    text: 'a thumb is answered with `thumb_media_id`',
    confidence: 'certain',
    source: '新增临时素材',
    checkedOn: '2026-11-21',
  }),
]
