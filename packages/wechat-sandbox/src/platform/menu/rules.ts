import { defineRule } from '../../rules/rule.ts'

export const MENU_RULES = [
  defineRule({
    id: 'menu-size',
    text: '1 to 3 buttons with 1 to 5 items each',
    confidence: 'certain',
    source: '自定义菜单',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'menu-name-bytes',
    text: 'names of 16 and 60 bytes; which errcode each mistake has',
    confidence: 'believed',
    source: '全局返回码',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'conditional-menus',
    text: 'the newest menu whose rule fits a person counts, else the default one, which must be there first: 65303',
    confidence: 'certain',
    source: '创建个性化菜单',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'conditional-rule',
    text: 'a rule is about tag or system; an empty one is 65304, one about sex, region or language 65320',
    confidence: 'certain',
    source: '创建个性化菜单',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'conditional-mistakes',
    text: 'an unknown menu is 65301, nobody’s openid 65302, the 51st menu 65305',
    confidence: 'believed',
    source: '全局返回码',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'menu-as-in-console',
    text: '`get_current_selfmenu_info` has groups as lists; without a menu it says that none is open',
    confidence: 'certain',
    source: '查询自定义菜单的信息',
    checkedOn: '2026-11-21',
  }),
  defineRule({
    id: 'no-automatic-replies',
    text: '`get_current_autoreply_info` tells that there are none: the sandbox has no console to set them in',
    confidence: 'assumed',
  }),
]
