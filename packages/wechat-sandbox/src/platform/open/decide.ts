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
    return { code: 10005, text: `A ${switches.get('account')} account has no scope "${request.scope}".` }
  if (switches.get('account') === 'test' && !isFollower)
    return { code: 10006, text: 'This person has to follow the test account first.' }
  if (!consents.mayAskAgain(person))
    return { code: 10009, text: 'Too many logins within a minute: does the site redirect in a loop?' }

  if (request.scope === 'snsapi_base') return 'silent'
  if (isFollower && fromChat) return 'silent'
  const isSnapshot = switches.get('snapshot') || request.forceSnapShot
  if (isSnapshot && !request.forcePopup && !consents.hasLately(person)) return 'snapshot'
  return ({ ask: 'ask', allow: 'allowed', decline: 'declined' } as const)[switches.get('consent')]
}

const ERRORS = {
  '10004': 'This account is banned.',
  '10009': 'Too frequent: try again later.',
  '10015': 'The account has not authorised this third-party platform.',
}
