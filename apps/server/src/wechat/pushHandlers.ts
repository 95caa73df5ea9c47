import type { PushHandler } from 'wechat-core'
import { articlePushes } from '../articles/pushes.ts' // demo
import type { Articles } from '../articles/articles.ts' // demo
import type { Confirmations } from '../articles/signup/confirmation.ts' // demo
import type { Env } from '../env.ts'
import type { Members } from 'wechat-core/login'
import { authorization } from './authorization.ts'

/** What handlers may need; each takes the parts that it uses. */
export interface PushParts {
  env: Env
  articles: Articles // demo
  members: Members
  forget: (person: string) => Promise<void> // demo
  confirmations: Confirmations // demo
}

/** What this account does when WeChat tells of something. One file a topic; a new one is added to this list. */
export function pushHandlers(parts: PushParts): PushHandler[] {
  return [
    ...authorization(parts), // what people take back is deleted
    ...articlePushes(parts), // demo
    ...parts.confirmations.handlers, // demo
  ]
}
