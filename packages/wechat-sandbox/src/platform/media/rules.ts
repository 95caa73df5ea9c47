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
  defineRule({
    id: 'media-kinds',
    text: 'pictures of 10 MB, recordings of 2 MB, videos of 10 MB, thumbs of 64 KB at most, each in its formats',
    confidence: 'certain',
    source: '新增临时素材',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'media-kind-errcodes',
    text: '40005 for a format, 40009 to 40012 for a size',
    confidence: 'believed',
    source: '全局返回码',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'media-first-bytes',
    text: 'a format is told by the first bytes, or else by what the sender says; a thumb may be PNG',
    confidence: 'assumed',
  }),
  defineRule({
    id: 'media-form',
    text: 'a form may name no boundary and call its file anything, as SDKs do',
    confidence: 'believed',
    source: 'tnwx 2.5.6',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'article-picture',
    text: 'a picture for articles is JPG or PNG below 1 MB; it gets an address and no id',
    confidence: 'certain',
    source: '上传图文消息内的图片获取URL',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'mass-video',
    text: 'a video that goes to many gets title, description and a new id',
    confidence: 'certain',
    source: '群发接口和原创校验',
    checkedOn: '2026-11-21',
  }),
]
