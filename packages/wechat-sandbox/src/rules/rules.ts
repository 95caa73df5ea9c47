import { API_RULES } from '../platform/api/rules.ts'
import { CREDENTIALS_RULES } from '../platform/credentials/rules.ts'
import { QUOTA_RULES } from '../platform/quota/rules.ts'
import { TAGS_RULES } from '../platform/tags/rules.ts'
import { QRCODES_RULES } from '../platform/qrcodes/rules.ts'
import { SHORTEN_RULES } from '../platform/shorten/rules.ts'
import { USERS_RULES } from '../platform/users/rules.ts'
import { MESSAGES_RULES } from '../platform/messages/rules.ts'
import { TEMPLATES_RULES } from '../platform/templates/rules.ts'
import { MENU_RULES } from '../platform/menu/rules.ts'
import { MEDIA_RULES } from '../platform/media/rules.ts'
import { ARTICLES_RULES } from '../platform/articles/rules.ts'
import { CUSTOMSERVICE_RULES } from '../platform/customservice/rules.ts'
import { DRAFTS_RULES } from '../platform/drafts/rules.ts'
import { MASS_RULES } from '../platform/mass/rules.ts'
import { MATERIAL_RULES } from '../platform/material/rules.ts'
import { PUBLISHING_RULES } from '../platform/publishing/rules.ts'
import { NETWORK_RULES } from '../platform/network/rules.ts'
import { DATACUBE_RULES } from '../platform/datacube/rules.ts'
import { OAUTH_RULES } from '../platform/oauth/rules.ts'
import { JSSDK_RULES } from '../platform/jssdk/rules.ts'
import { PUSH_RULES } from '../platform/push/rules.ts'
import { NATIVE_RULES } from '../native/rules.ts'
import { APIS_RULES } from '../native/apis/rules.ts'
import { PAGE_RULES } from '../native/page/rules.ts'
import { PHONE_RULES } from '../phone/rules.ts'
import { INTERCEPT_RULES } from '../intercept/rules.ts'
import type { Rule } from './rule.ts'

/** The rules of each room, by its folder below `src`. A room with a `rules.ts` is listed here; a test looks. */
export const RULES_BY_ROOM: Record<string, readonly Rule[]> = {
  'platform/api': API_RULES,
  'platform/credentials': CREDENTIALS_RULES,
  'platform/quota': QUOTA_RULES,
  'platform/users': USERS_RULES,
  'platform/tags': TAGS_RULES,
  'platform/qrcodes': QRCODES_RULES,
  'platform/shorten': SHORTEN_RULES,
  'platform/messages': MESSAGES_RULES,
  'platform/templates': TEMPLATES_RULES,
  'platform/menu': MENU_RULES,
  'platform/media': MEDIA_RULES,
  'platform/articles': ARTICLES_RULES,
  'platform/customservice': CUSTOMSERVICE_RULES,
  'platform/drafts': DRAFTS_RULES,
  'platform/mass': MASS_RULES,
  'platform/material': MATERIAL_RULES,
  'platform/publishing': PUBLISHING_RULES,
  'platform/network': NETWORK_RULES,
  'platform/datacube': DATACUBE_RULES,
  'platform/oauth': OAUTH_RULES,
  'platform/jssdk': JSSDK_RULES,
  'platform/push': PUSH_RULES,
  native: NATIVE_RULES,
  'native/apis': APIS_RULES,
  'native/page': PAGE_RULES,
  phone: PHONE_RULES,
  intercept: INTERCEPT_RULES,
}

/** Every rule of WeChat that the sandbox emulates. A test holds `docs/sandbox-rules.md` against this list. */
export const RULES: readonly Rule[] = Object.values(RULES_BY_ROOM).flat()
