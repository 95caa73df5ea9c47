/** How sure a default is: stated by WeChat, resting on reports, or a misbehaviour that is off until it is wanted. */
export type SwitchMark = 'certain' | 'believed' | 'misbehaviour'

interface About {
  mark: SwitchMark
  /** The official document's title, or what else it rests on. */
  source: string
  en: string
  zh: string
}

export type SwitchDefinition = About &
  (
    | { kind: 'boolean'; default: boolean }
    | { kind: 'number'; default: number; max: number }
    | { kind: 'choice'; default: string; options: readonly string[] }
  )

const REPORTS = 'reports of developers'

/** Everything about the platform that can be turned: misbehaviours, and rules that are only believed. */
export const SWITCHES = {
  latency: {
    kind: 'number',
    default: 0,
    max: 60_000,
    mark: 'misbehaviour',
    source: '',
    en: 'Every API answer takes this many milliseconds',
    zh: '每个接口的响应延迟（毫秒）',
  },
  outage: {
    kind: 'choice',
    default: 'none',
    options: ['none', 'hang', 'reset', 'garbage', 'error page'],
    mark: 'misbehaviour',
    source: '',
    en: 'What happens to every API call: no answer, a broken connection, no JSON, a status 502',
    zh: '所有接口的网络故障：无响应、连接重置、返回非 JSON、502',
  },
  tokenTaken: {
    kind: 'boolean',
    default: false,
    mark: 'misbehaviour',
    source: '服务端 API 调用说明',
    en: 'Another system keeps fetching tokens: every access_token is refused with 40001',
    zh: '其他系统反复获取 token：所有 access_token 失效，返回 40001',
  },
  ipRefused: {
    kind: 'boolean',
    default: false,
    mark: 'misbehaviour',
    source: 'API IP 白名单',
    en: "The server's IP is not on the whitelist: 40164",
    zh: '服务器 IP 不在白名单：40164',
  },
  ipCheckedAt: {
    kind: 'choice',
    default: 'every API',
    options: ['every API', 'token APIs'],
    mark: 'certain',
    source: 'API IP 白名单',
    en: 'Where the whitelist is asked; older documents say: only where tokens are fetched',
    zh: '白名单校验范围；旧文档仅校验获取 token 的接口',
  },
  secretFrozen: {
    kind: 'boolean',
    default: false,
    mark: 'misbehaviour',
    source: '获取接口调用凭据',
    en: 'The AppSecret is frozen: 40243',
    zh: 'AppSecret 已冻结：40243',
  },
  quotaUsed: {
    kind: 'boolean',
    default: false,
    mark: 'misbehaviour',
    source: '接口调用频次限制说明',
    en: "The day's quota of every API is used: 45009",
    zh: '所有接口当日额度已用完：45009',
  },
  minuteQuotaUsed: {
    kind: 'boolean',
    default: false,
    mark: 'misbehaviour',
    source: '全局返回码',
    en: "The minute's quota of every API is used: 45011",
    zh: '所有接口分钟额度已用完：45011',
  },
  busy: {
    kind: 'boolean',
    default: false,
    mark: 'misbehaviour',
    source: '全局返回码',
    en: 'The platform is busy: -1 everywhere',
    zh: '系统繁忙：所有接口返回 -1',
  },
  account: {
    kind: 'choice',
    default: 'service',
    options: ['service', 'subscription', 'unverified', 'test'],
    mark: 'certain',
    source: '接口权限说明',
    en: 'Kind of account: verified service, verified subscription (no login), unverified (no login, no share), test (followers only)',
    zh: '账号类型：认证服务号、认证订阅号（无网页授权）、未认证（无授权、无分享）、测试号（须先关注）',
  },
  openPlatform: {
    kind: 'boolean',
    default: false,
    mark: 'certain',
    source: '获取用户基本信息',
    en: 'The account is bound to an Open Platform account: people have a unionid',
    zh: '已绑定开放平台账号：返回 unionid',
  },
  consent: {
    kind: 'choice',
    default: 'ask',
    options: ['ask', 'allow', 'decline'],
    mark: 'misbehaviour',
    source: '',
    en: 'What the person answers when a page asks for nickname and avatar',
    zh: '网页授权时用户的选择',
  },
  snapshot: {
    kind: 'boolean',
    default: false,
    mark: 'misbehaviour',
    source: '微信网页授权能力调整公告',
    en: 'Logins with snsapi_userinfo open as a snapshot page with a virtual person',
    zh: 'snsapi_userinfo 授权进入快照页模式（虚拟用户）',
  },
  authorizeError: {
    kind: 'choice',
    default: 'none',
    options: ['none', '10004', '10009', '10015'],
    mark: 'misbehaviour',
    source: '网页授权',
    en: 'The authorize page refuses: account banned, too frequent, third party not authorised',
    zh: '授权页报错：公众号被封禁、操作频繁、未授权第三方平台',
  },
  authorizePerMinute: {
    kind: 'number',
    default: 60,
    max: 1_000_000,
    mark: 'believed',
    source: '网页授权 names 10009, not the number',
    en: 'Logins of one person within a minute, else 10009',
    zh: '同一用户每分钟可授权次数，超出报 10009',
  },
  expiredCode: {
    kind: 'choice',
    default: '40029',
    options: ['40029', '42003'],
    mark: 'believed',
    source: '全局返回码 lists 42003; reports see 40029',
    en: 'The errcode for a code older than 5 minutes',
    zh: 'code 过期时的返回码',
  },
  expiredToken: {
    kind: 'choice',
    default: '42001',
    options: ['42001', '40001'],
    mark: 'believed',
    source: REPORTS,
    en: 'The errcode for an access_token that has reached its end',
    zh: 'access_token 自然过期时的返回码',
  },
  ticketsRotate: {
    kind: 'boolean',
    default: false,
    mark: 'believed',
    source: REPORTS,
    en: 'A new ticket is issued in the last 5 minutes of the one before; off: one ticket, reported with its full life',
    zh: 'ticket 在最后 5 分钟内更换；关闭时始终返回同一 ticket 与完整有效期',
  },
  pushTimeout: {
    kind: 'number',
    default: 5,
    max: 60,
    mark: 'certain',
    source: '被动回复用户消息',
    en: 'Seconds that a server has to answer a push',
    zh: '推送消息的响应时限（秒）',
  },
  pushRetries: {
    kind: 'number',
    default: 3,
    max: 10,
    mark: 'believed',
    source: '接收普通消息 says three retries; some count three deliveries in all',
    en: 'How often a push is sent again that nobody answered',
    zh: '推送无响应时的重试次数',
  },
  customWindowHours: {
    kind: 'number',
    default: 48,
    max: 10_000,
    mark: 'believed',
    source: REPORTS,
    en: 'Hours after an act of the person in which customer-service messages may be sent, else 45015',
    zh: '用户互动后可发客服消息的小时数，超出返回 45015',
  },
  customMessages: {
    kind: 'number',
    default: 5,
    max: 10_000,
    mark: 'believed',
    source: REPORTS,
    en: 'Customer-service messages after each act of the person, else 45047',
    zh: '每次互动后可发的客服消息条数，超出返回 45047',
  },
  messagesBlocked: {
    kind: 'boolean',
    default: false,
    mark: 'misbehaviour',
    source: '模板消息',
    en: 'People refuse template messages and notices: "failed:user block", 43101',
    zh: '用户拒收模板消息与订阅通知',
  },
} as const satisfies Record<string, SwitchDefinition>
