import { defineRule } from '../../rules/rule.ts'

export const ARTICLES_RULES = [
  defineRule({
    id: 'article-limits',
    text: '1 to 8 articles; title of 64, author of 16, digest of 128 characters, content below 20,000: an errcode for each',
    confidence: 'believed',
    source: '新增草稿, 全局返回码',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'article-cover',
    text: 'a cover is a picture of the library, else 40007',
    confidence: 'certain',
    source: '新增草稿',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'article-clean',
    text: 'scripts and pictures from elsewhere are taken out of an article',
    confidence: 'certain',
    source: '新增草稿',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'article-digest',
    text: 'an article without a digest gets its first 54 characters',
    confidence: 'certain',
    source: '新增草稿',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'article-page',
    text: 'an article has its page below the sandbox, and nothing in it runs',
    confidence: 'assumed',
  }),
]
