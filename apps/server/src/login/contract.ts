import { z } from 'zod'
import { safeReturnTo } from './returnTo.ts'

/** The person who is logged in, as the page sees them. Nothing here is secret to that person. */
const userSchema = z.object({
  openid: z.string(),
  /** What the login was allowed. */
  scope: z.string(),
  unionid: z.string().optional(),
  nickname: z.string().optional(),
  avatar: z.string().optional(),
})
export type User = z.output<typeof userSchema>

const WRONG_SCOPE = 'scope must be snsapi_base or snsapi_userinfo.'
const WRONG_PATH = 'returnTo must be a path on this site, like /me.'
const NOT_FROM_WECHAT = 'This address is only for WeChat to come back to.'
const NO_CODE = 'WeChat sent no code. Start the login again.'

export const authorizeQuery = z.object({
  scope: z.enum(['snsapi_base', 'snsapi_userinfo'], { error: WRONG_SCOPE }).default('snsapi_base'),
  returnTo: z
    .string(WRONG_PATH)
    .default('/')
    .transform((address, context) => {
      const path = safeReturnTo(address)
      if (path === undefined) context.addIssue(WRONG_PATH)
      return path ?? '/'
    }),
})

export const callbackQuery = z.object({
  state: z.string(NOT_FROM_WECHAT).regex(/^[0-9a-f]{32}$/, NOT_FROM_WECHAT),
  code: z.string(NO_CODE).regex(/^[\w-]{1,512}$/, NO_CODE),
})

/** Who is there, and what they can do about it. */
export const loginContract = {
  /** A page that the browser goes to as a whole, and leaves for WeChat. */
  'GET /api/wechat/oauth/authorize': { query: authorizeQuery },
  /** Where WeChat sends it back. */
  'GET /api/wechat/oauth/callback': { query: callbackQuery },
  'GET /api/session': {
    /** `snapshot`: a visitor of WeChat's snapshot mode. */
    response: z.object({ user: userSchema.nullable(), snapshot: z.boolean().optional() }),
  },
  'DELETE /api/session': {},
  /** Has nickname and avatar read again. 409 `consent_needed`: WeChat has to ask the person again. */
  'POST /api/me/profile': { response: z.object({ user: userSchema }) },
  /** Has everything deleted that is kept about who is logged in. */
  'DELETE /api/me': {},
}
