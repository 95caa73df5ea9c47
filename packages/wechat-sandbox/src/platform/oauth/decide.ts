import { accountMay } from '../permissions.ts'
import type { Platform } from '../platform.ts'
import type { AuthorizeRefusal, AuthorizeRequest } from './authorize.ts'
import type { Visitor } from './visitor.ts'

/** How an authorize request that is well-formed goes on. */
export type Decision = 'silent' | 'snapshot' | 'ask' | 'allowed' | 'declined' | AuthorizeRefusal

type Needs = Pick<Platform, 'switches' | 'followers' | 'identities' | 'consents'>

/**
 * What WeChat does with a login: refuses it, lets it pass unseen, opens a snapshot page, or asks the person.
 *
 * @see https://developers.weixin.qq.com/doc/offiaccount/OA_Web_Apps/Wechat_webpage_authorization.html
 */
export function decideAuthorize(request: AuthorizeRequest, visitor: Visitor, platform: Needs): Decision {
  const { switches, followers, identities, consents } = platform
  const { person, fromChat } = visitor
  const isFollower = followers.has(identities.openidOf(person))
  const error = switches.get('authorizeError')
  if (error !== 'none') return { code: Number(error), text: ERRORS[error] }
  if (!accountMay(switches, 'login'))
    return {
      code: 10005,
      text: {
        en: `A ${switches.get('account')} account has no scope "${request.scope}".`,
        zh: `这种公众号没有 ${request.scope} 的权限。`,
      },
    }
  if (switches.get('account') === 'test' && !isFollower)
    return {
      code: 10006,
      text: { en: 'This person has to follow the test account first.', zh: '须先关注这个测试号。' },
    }
  if (!consents.mayAskAgain(person))
    return {
      code: 10009,
      text: {
        en: 'Too many logins within a minute: does the site redirect in a loop?',
        zh: '一分钟内登录次数过多：网站是不是在循环跳转？',
      },
    }

  if (request.scope === 'snsapi_base') return 'silent'
  if (isFollower && fromChat) return 'silent'
  const isSnapshot = switches.get('snapshot') || request.forceSnapShot
  if (isSnapshot && !request.forcePopup && !consents.hasLately(person)) return 'snapshot'
  return ({ ask: 'ask', allow: 'allowed', decline: 'declined' } as const)[switches.get('consent')]
}

const ERRORS = {
  '10004': { en: 'This account is banned.', zh: '该公众号被封禁。' },
  '10009': { en: 'Too frequent: try again later.', zh: '操作太频繁，请稍后再试。' },
  '10015': {
    en: 'The account has not authorised this third-party platform.',
    zh: '公众号未授权第三方平台。',
  },
}
