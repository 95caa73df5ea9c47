import type { PushHandler } from 'wechat-core'
import { authorization } from './authorization.ts'
import type { PushParts } from './parts.ts'
import { search } from '../articles/search.ts'
import { welcome } from '../articles/welcome.ts'

/** What this account does when WeChat tells of something. One file a topic; a new one is added to this list. */
export function pushHandlers(parts: PushParts): PushHandler[] {
  return [...welcome(parts), ...search(parts), ...authorization(parts)]
}
