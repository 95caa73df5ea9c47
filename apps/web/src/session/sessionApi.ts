import { http } from '@/api'

export interface User {
  openid: string
  scope: string
  unionid?: string
  nickname?: string
  avatar?: string
}

export interface Session {
  user: User | null
  /** A visitor of WeChat's snapshot mode. */
  snapshot?: boolean
}

export type LoginScope = 'snsapi_base' | 'snsapi_userinfo'

export const fetchSession = async (): Promise<Session> => (await (await http()).get('/session')).data

export const endSession = async (): Promise<void> => void (await (await http()).delete('/session'))

/** Has nickname and avatar read anew. @throws {ApiError} `consent_needed`: WeChat has to ask the person again */
export const readProfileAgain = async (): Promise<{ user: User }> =>
  (await (await http()).post('/me/profile')).data

/** Has everything deleted that is kept about who is logged in. */
export const deleteMe = async (): Promise<void> => void (await (await http()).delete('/me'))

/** Where a login starts; the browser goes there as a whole. */
export const loginAddress = (returnTo: string, scope: LoginScope): string =>
  `/api/wechat/oauth/authorize?scope=${scope}&returnTo=${encodeURIComponent(returnTo)}`
