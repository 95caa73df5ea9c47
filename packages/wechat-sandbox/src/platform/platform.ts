import { DEMO_PEOPLE, demoAccount } from './account.ts'
import type { Account, Person, PersonOptions, PushSettings } from './account.ts'
import { Acts } from './acts.ts'
import { READS_KEPT, type ArticleRead } from './articles/articleRead.ts'
import { Calls } from './api/calls.ts'
import { ChatRecords } from './customservice/chatRecords.ts'
import { createClock, type Clock } from './clock.ts'
import { Conversations } from './conversations.ts'
import { Desk, type SessionEvent } from './customservice/desk.ts'
import { Drafts } from './drafts/drafts.ts'
import { Faults } from './api/faults.ts'
import { Feed } from './feed.ts'
import { Followers } from './users/followers.ts'
import { Identities } from './identities.ts'
import { Industries } from './templates/industries.ts'
import { judgeJsapi, type JsapiClaim, type JsapiVerdict } from './jssdk/jsapi.ts'
import { Logins } from './oauth/logins.ts'
import { MassMessages } from './mass/massMessages.ts'
import { Materials } from './material/materials.ts'
import { Media, TEMPORARY, type MediaFile } from './media/media.ts'
import { Menu } from './menu/menu.ts'
import { Consents } from './oauth/consents.ts'
import { Publications } from './publishing/publications.ts'
import { Pushes } from './push/pushes.ts'
import { QrCodes } from './qrcodes/qrCodes.ts'
import { Quotas } from './quota/quotas.ts'
import { ShortKeys } from './shorten/shortKeys.ts'
import { Staff } from './customservice/staff.ts'
import { Subscriptions } from './messages/subscriptions.ts'
import { Switches, type SwitchValues } from './switches/switches.ts'
import { Tags } from './tags/tags.ts'
import { Tokens, type TokensOptions } from './credentials/tokens.ts'

export interface PlatformOptions {
  /** Where the site lives; its host is entered as JS-safe and OAuth domain of the account. */
  siteOrigin: string
  /** Address under which browsers reach this platform, for the pictures of people. */
  publicUrl?: string
  /** Default: an account of the sandbox's own. */
  appId?: string
  appSecret?: string
  /** What else the console has of the account. Default: the site's host is entered in every field. */
  account?: Partial<Pick<Account, 'name' | 'originalId' | 'jsDomains' | 'oauthDomain'>>
  /** Who can hold the phone; the first does at the start. Default: three people, two of them followers. */
  people?: PersonOptions[]
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
  /** Where the site lives, as browsers know it. */
  readonly siteOrigin: string
  /** Where browsers reach this platform, if it was told. */
  readonly publicUrl: string | undefined
  readonly account: Account
  readonly people: [Person, ...Person[]]
  readonly identities: Identities
  readonly followers: Followers
  /** What the account tells its followers apart by. */
  readonly tags: Tags
  /** Openids that the account wants to hear nothing of. */
  readonly blacklist: Set<string>
  /** QR codes that tell through which of them somebody came. */
  readonly qrCodes: QrCodes
  readonly shortKeys: ShortKeys
  /** Whose templates the account may use. */
  readonly industries: Industries
  /** Who has opened which article. */
  readonly articleReads: Feed<ArticleRead>
  readonly subscriptions: Subscriptions
  /** What people do to the account: follow, write, tap its menu. */
  readonly acts: Acts
  /** Tells the account's server, with every option that a test can want. */
  readonly push: Pushes
  readonly conversations: Conversations
  readonly menu: Menu
  /** Pictures and recordings that were uploaded. */
  readonly media: Media
  /** Media that stay. */
  readonly materials: Materials
  /** A file of the account, temporary or permanent. */
  fileOf(mediaId: string): MediaFile | undefined
  /** Articles that are not published. */
  readonly drafts: Drafts
  /** Articles that were uploaded for sending them to many. */
  readonly uploadedNews: Drafts
  readonly publications: Publications
  /** What was sent to many. */
  readonly massMessages: MassMessages
  /** The accounts of the customer service. */
  readonly staff: Staff
  /** Whom the customer service talks with. */
  readonly desk: Desk
  readonly chatRecords: ChatRecords
  readonly tokens: Tokens
  readonly logins: Logins
  readonly consents: Consents
  readonly quotas: Quotas
  /** Misbehaviours and believed rules that can be turned. */
  readonly switches: Switches
  /** Paths that fail. */
  readonly faults: Faults
  readonly clock: Clock
  /** The latest API calls, without secrets. */
  readonly calls: Calls
  /** How many requests each API path has had, faults included. */
  readonly requests: Map<string, number>
  readonly now: () => number
  /** Whether the app would accept this claim for a page that counts under these addresses. */
  judgeJsapi(claim: JsapiClaim, urls: string[]): JsapiVerdict
}

export function createPlatform(options: PlatformOptions): Platform {
  const clock = createClock(options.now ?? Date.now)
  const { now } = clock
  const account = accountOf(options)
  const people = peopleOf(options)
  const ticketsRotate = options.tokens?.ticketsRotate ?? false
  const switches = new Switches({ ticketsRotate, ...options.switches })
  const identities = new Identities(account, people, switches)
  const followers = new Followers(now)
  const conversations = new Conversations(now)
  const menu = new Menu()
  const qrCodes = new QrCodes(now)
  const subscriptions = new Subscriptions()
  const tokens = new Tokens(now, switches, options.tokens?.life)
  const blacklist = new Set<string>()
  const [media, materials] = [new Media(now), new Materials(now)]
  const staff = new Staff(now)
  const desk = new Desk({ staff, now, tell: tellOfSession })
  const push = new Pushes({ account, now, switches, conversations, identities, service: desk, blacklist })
  for (const person of people.filter(({ follows }) => follows)) followers.add(identities.openidOf(person))
  return {
    siteOrigin: new URL(options.siteOrigin).origin,
    publicUrl: options.publicUrl,
    account,
    people,
    identities,
    followers,
    tags: new Tags(followers),
    blacklist,
    qrCodes,
    shortKeys: new ShortKeys(now),
    industries: new Industries(now),
    articleReads: new Feed(READS_KEPT),
    subscriptions,
    acts: new Acts({ push, conversations, menu, followers, qrCodes, subscriptions, identities }),
    push,
    conversations,
    menu,
    media,
    materials,
    fileOf: (mediaId) => media.get(mediaId) ?? materials.get(mediaId),
    drafts: new Drafts(now),
    uploadedNews: new Drafts(now, TEMPORARY),
    publications: new Publications(now),
    massMessages: new MassMessages(now),
    staff,
    desk,
    chatRecords: new ChatRecords(conversations, desk),
    tokens,
    logins: new Logins(identities, switches, now),
    consents: new Consents(now, switches),
    quotas: new Quotas(now, switches),
    switches,
    faults: new Faults(switches),
    clock,
    calls: new Calls(),
    requests: new Map(),
    now,
    judgeJsapi: (claim, urls) => judgeJsapi(account, tokens, claim, urls),
  }

  function tellOfSession({ event, openid, kfAccount }: SessionEvent): void {
    const person = identities.personOf(openid)
    // Who closed it: the API does so for the account (客服会话控制).
    const closeType = event === 'kf_close_session' ? 'KF' : undefined
    if (person) void push.send(person, { msgType: 'event', event, kfAccount, closeType })
  }
}

function peopleOf({
  people,
  publicUrl = 'https://open.weixin.qq.com',
}: PlatformOptions): [Person, ...Person[]] {
  const [first, ...others] = (people ?? DEMO_PEOPLE).map((person) => ({
    ...person,
    avatar: `${publicUrl}/avatars/${person.id}.svg`,
  }))
  if (!first) throw new RangeError('Somebody has to hold the phone: people is empty.')
  return [first, ...others]
}

function accountOf({ siteOrigin, appId, appSecret, push, account: entered }: PlatformOptions): Account {
  const account: Account = { ...demoAccount(siteOrigin), ...entered }
  if (appId) account.appId = appId
  if (appSecret) account.appSecret = appSecret
  Object.assign(account.push, push)
  return account
}
