import type { Articles } from '../articles/articles.ts'
import type { Env } from '../env.ts'
import type { People } from '../login/members.ts'

/** What handlers may need; each takes the parts that it uses. */
export interface PushParts {
  env: Env
  articles: Articles
  people: People
}
