import { API_RULES } from './apiRules.ts'
import { BRIDGE_RULES } from './bridgeRules.ts'
import { LOGIN_RULES } from './loginRules.ts'
import { PUSH_RULES } from './pushRules.ts'
import type { Rule } from './rule.ts'

export type { Rule } from './rule.ts'

/** Every rule of WeChat that the sandbox emulates. A test holds `docs/sandbox.md` against this list. */
export const RULES: readonly Rule[] = [...API_RULES, ...LOGIN_RULES, ...PUSH_RULES, ...BRIDGE_RULES]
