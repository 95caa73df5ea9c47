import { demoAccount, demoPeople, type Account, type Person, type PushSettings } from './account.ts'
import { createClock, type Clock } from './clock.ts'
import { Conversations } from './conversations.ts'
import { Faults } from './faults.ts'
import { judgeJsapi, type JsapiClaim, type JsapiVerdict } from './jsapi.ts'
import { Logins } from './logins.ts'
import { Pushes } from './push/pushes.ts'
import { Switches, type SwitchValues } from './switches.ts'
import { Media } from './media.ts'
import { Tokens, type TokensOptions } from './tokens.ts'

export interface PlatformOptions {
  /** Where the site lives; its host is entered as JS-safe and OAuth domain of the account. */
  siteOrigin: string
  /** Address under which browsers reach this platform, for the pictures of people. */
  publicUrl?: string
  /** Default: an account of the sandbox's own. */
  appId?: string
  appSecret?: string
  /** The server configuration. Default: plain pushes to `/api/wechat` of the site. */
  push?: Partial<PushSettings>
  /** How the switches stand at the start. */
  switches?: Partial<SwitchValues>
  /** How long tokens live and how tickets are renewed. */
  tokens?: TokensOptions
  /** Milliseconds since 1970. Default: the system's clock. */
  now?: () => number
}

/** The WeChat of the sandbox: one account, a few people, and everything the platform has handed out. */
export interface Platform {
  readonly account: Account
  readonly people: [Person, ...Person[]]
  readonly tokens: Tokens
  readonly logins: Logins
  readonly push: Pushes
  readonly conversations: Conversations
  readonly faults: Faults
  readonly switches: Switches
  readonly clock: Clock
  /** Pictures and recordings that were uploaded. */
  readonly media: Media
  /** How many requests each API path has had, faults included. */
  readonly requests: Map<string, number>
  readonly now: () => number
  /** Whether the app would accept this claim for a page that counts under these addresses. */
  judgeJsapi(claim: JsapiClaim, urls: string[]): JsapiVerdict
}

export function createPlatform(options: PlatformOptions): Platform {
  const clock = createClock(options.now ?? Date.now)
  const { now } = clock
  const switches = new Switches(options.switches)
  const account = demoAccount(options.siteOrigin)
  if (options.appId) account.appId = options.appId
  if (options.appSecret) account.appSecret = options.appSecret
  Object.assign(account.push, options.push)
  const tokens = new Tokens(now, options.tokens)
  const logins = new Logins(account, now)
  const conversations = new Conversations(now)
  const openidOf = (person: Person) => logins.openidOf(person)
  return {
    account,
    people: demoPeople(options.publicUrl ?? 'https://open.weixin.qq.com'),
    tokens,
    logins,
    push: new Pushes({ account, now, switches, conversations, openidOf }),
    conversations,
    faults: new Faults(),
    switches,
    clock,
    media: new Media(now),
    requests: new Map(),
    now,
    judgeJsapi: (claim, urls) => judgeJsapi(account, tokens, claim, urls),
  }
}
