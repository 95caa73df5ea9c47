import { API_RULES } from './rules/apiRules.ts'
import { BRIDGE_RULES } from './rules/bridgeRules.ts'
import { LOGIN_RULES } from './rules/loginRules.ts'
import { PUSH_RULES } from './rules/pushRules.ts'
import type { Rule } from './rules/rule.ts'

export type { Rule } from './rules/rule.ts'

/** Every rule of WeChat that the sandbox emulates. A test holds `docs/sandbox-rules.md` against this list. */
export const RULES: readonly Rule[] = [...API_RULES, ...LOGIN_RULES, ...PUSH_RULES, ...BRIDGE_RULES]
