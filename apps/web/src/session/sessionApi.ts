import type { Answer, Sent } from '@app/server/contract'

/** Who is there, as the server tells it. */
export type Session = Answer<'GET /api/session'>
export type User = NonNullable<Session['user']>

type Login = NonNullable<Sent<'GET /api/wechat/oauth/authorize'>['query']>
export type LoginScope = NonNullable<Login['scope']>

/** Where a login starts; the browser goes there as a whole. */
export const loginAddress = (returnTo: string, scope: LoginScope): string =>
  `/api/wechat/oauth/authorize?scope=${scope}&returnTo=${encodeURIComponent(returnTo)}`
