import { defineRule } from '../../rules/rule.ts'

const document = { confidence: 'certain', checkedOn: '2026-11-21' } as const

export const TAGS_RULES = [
  defineRule({
    id: 'tag-names',
    text: 'a tag has a name of its own: 45157 for one that is taken, 45158 for more than 30 bytes, 45056 for the 101st tag',
    ...document,
    source: '用户标签管理, 全局返回码',
  }),
  defineRule({
    id: 'tag-members',
    text: '50 people at a time get a tag (40032), who does not follow is 40003, a 21st tag 45059, an unknown tag 45159',
    ...document,
    source: '批量为用户打标签, 全局返回码',
  }),
  defineRule({
    id: 'tag-system',
    text: 'the groups 0 to 2 are WeChat’s own: 45058; the starred people are listed among the tags',
    ...document,
    source: '用户标签管理, 全局返回码',
  }),
  defineRule({
    id: 'tags-end-with-following',
    text: 'remark and tags are gone once a person has unfollowed',
    confidence: 'assumed',
  }),
  defineRule({
    id: 'blacklist-size',
    text: 'followers are blacklisted 20 at a time (40032), and listed 1,000 at a time',
    ...document,
    source: '拉黑用户, 获取公众号的黑名单列表',
  }),
  defineRule({
    id: 'blacklist-unseen',
    text: 'who is blacklisted is missing among the followers, and what they write does not reach the server',
    confidence: 'assumed',
  }),
  defineRule({
    id: 'groups-are-tags',
    text: 'the older groups are answered as tags of which everybody has one',
    confidence: 'believed',
    source: '用户分组管理 (withdrawn in 2016), 获取用户基本信息',
    checkedOn: '2026-11-21',
  }),
]
