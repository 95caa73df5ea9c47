export { QUIRKS } from '../native/quirks.ts'
export { SWITCHES } from '../platform/switches/switches.ts'
export { defineRule, type Rule } from './rule.ts'
export { RULES, RULES_BY_ROOM } from './rules.ts'
