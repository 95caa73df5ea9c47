/** A text in both languages. */
export interface Hint {
  en: string
  zh: string
}

/**
 * What a failure asks for. Everything that treats errcodes differently decides by this: the one retry with a new
 * access_token, how long nobody asks again, whether a person has to log in again, the HTTP status, the doctor.
 */
export type ErrorKind =
  /** It passes by itself within a minute. */
  | 'busy'
  /** The access_token is no longer good: renew it once, then try once more. */
  | 'stale'
  /** The allowance of the day or the month is used up. Asking again makes nothing better. */
  | 'quota'
  /** The login, or the consent, is over: the person has to log in again. */
  | 'login'
  /** The account, its AppSecret or its settings: somebody has to change something at WeChat or here. */
  | 'configuration'
  /** This machine's address is not allowed: another machine's may be. */
  | 'address'
  /** This person cannot be reached or asked about. Another one may be. */
  | 'recipient'
  /** The call itself is wrong. */
  | 'request'
  /** The table does not have the code. */
  | 'unknown'

type Codes = Record<number, readonly [en: string, zh: string]>

// The codes of the platform's list that this package's calls can meet, and what a developer does about each.
// @see https://developers.weixin.qq.com/doc/offiaccount/Getting_Started/Global_Return_Code.html
const BUSY: Codes = {
  [-1]: ['WeChat is busy. Try again in a moment.', '微信系统繁忙，请稍后再试。'],
  45011: [
    'Too many calls in this minute. Try again in the next one.',
    '本分钟调用次数过多，请下一分钟再试。',
  ],
}

const STALE: Codes = {
  40001: [
    'The access_token was replaced, or the AppSecret is wrong. Check that no other system fetches tokens for this account with /cgi-bin/token.',
    'access_token 已被替换，或 AppSecret 有误。请检查是否有别的系统在用 /cgi-bin/token 获取同一账号的 token。',
  ],
  40014: [
    'The access_token is malformed or of the wrong kind. A new one is being fetched.',
    'access_token 格式错误，或误用了其他类型的 token（如网页授权的 access_token），正在重新获取。',
  ],
  42001: ['The access_token has expired. A new one is being fetched.', 'access_token 已过期，正在重新获取。'],
}

const QUOTA: Codes = {
  45009: [
    "The day's quota for this API is used up. Look for a loop that fetches tokens. The quota can be reset 10 times a month, in the console or with clear_quota.",
    '该接口当日调用次数已用完。请检查是否在循环获取 token。每月可清零 10 次，在后台或用 clear_quota 接口。',
  ],
  48006: ["This month's quota resets are used up.", '本月的清零次数已用完。'],
}

const LOGIN: Codes = {
  40029: ['The OAuth code is invalid. Start the login again.', '网页授权 code 无效，请重新登录。'],
  40030: ['The refresh_token is invalid. Start the login again.', 'refresh_token 无效，请重新登录。'],
  40163: ['The OAuth code was used already. Start the login again.', 'code 已被使用，请重新登录。'],
  41003: ['The refresh_token is missing. Start the login again.', '缺少 refresh_token，请重新登录。'],
  41008: ['The OAuth code is missing. Start the login again.', '缺少 code，请重新登录。'],
  42002: [
    'The refresh_token has expired (30 days). Start the login again.',
    'refresh_token 已过期（30 天），请重新登录。',
  ],
  42003: ['The OAuth code has expired. Start the login again.', 'code 已过期，请重新登录。'],
  42007: [
    'The person changed their password, so their tokens ended. Start the login again.',
    '用户修改了密码，token 已失效，请重新登录。',
  ],
}

const CONFIGURATION: Codes = {
  40013: [
    'The AppID is wrong: wx and 16 hexadecimal digits, not the original ID gh_... Copy it from the WeChat Developer Platform: your account > Basic information.',
    'AppID 有误：它是 wx 加 16 位十六进制数字，不是原始 ID（gh_…）。请从微信开发者平台「我的业务 > 公众号或服务号 > 基础信息」复制。',
  ],
  40125: [
    'The AppSecret is not the one in force. WeChat shows a secret only once, when it is reset, and the reset ends the old one at once. If nobody has kept it: reset it on the WeChat Developer Platform (your account > Basic information), then change it everywhere that uses this account. The page of a test account always shows it.',
    'AppSecret 不是当前有效的密钥。微信只在重置时显示一次密钥，重置后旧密钥立即失效。如果没有人保存过：请在微信开发者平台「我的业务 > 公众号或服务号 > 基础信息」重置，并在所有使用该账号的地方更换。测试号的页面会一直显示密钥。',
  ],
  40243: [
    'The AppSecret is frozen. Unfreeze it in the console and wait 10 minutes.',
    'AppSecret 已被冻结。请在后台解冻，并等待 10 分钟。',
  ],
  41002: ['The AppID is missing.', '缺少 AppID。'],
  41004: ['The AppSecret is missing.', '缺少 AppSecret。'],
  48001: [
    'The account or the login scope may not use this API. The profile needs scope snsapi_userinfo; most APIs need a verified service account.',
    '账号或授权作用域（scope）没有该接口的权限。获取昵称头像需要 snsapi_userinfo，多数接口需要已认证的服务号；快照页用户也会返回此错误。',
  ],
  48004: [
    'The API is forbidden for an irregularity. See the console.',
    '接口因违规被封禁，请查看公众平台的站内信。',
  ],
  50002: [
    'The account or the person is restricted. See the console.',
    '账号或用户受限，请查看公众平台的站内信。',
  ],
  50004: [
    'The account may not fetch tokens. See the console.',
    '账号被禁止获取 token，请查看公众平台的站内信。',
  ],
  50007: ['The account is frozen. See the console.', '账号已被冻结，请查看公众平台的站内信。'],
}

const ADDRESS: Codes = {
  40164: [
    "This server's IP address is not on the account's whitelist. Add the address that WeChat names in its message, on the WeChat Developer Platform: your account > Basic information > API IP whitelist. It takes some minutes to act.",
    '本服务器的 IP 不在白名单中。请把微信在错误信息里给出的地址加入微信开发者平台「我的业务 > 公众号或服务号 > 基础信息 > API IP 白名单」，几分钟后生效。',
  ],
  61004: [
    "This server's IP address is not registered. Add it to the API IP whitelist in the console.",
    '本服务器的 IP 未登记，请在后台加入 API IP 白名单。',
  ],
  89501: [
    'The call waits for the administrator to confirm this IP address.',
    '本次调用正等待管理员确认 IP。',
  ],
  89503: ['The call waits for the confirmation of the account administrator.', '本次调用需要管理员确认。'],
  89506: [
    'The administrator has refused this IP address; it can ask again after 24 hours.',
    '管理员拒绝了该 IP，24 小时后才能再次申请。',
  ],
  89507: [
    'The administrator has refused this IP address; it can ask again after one hour.',
    '管理员拒绝了该 IP，1 小时后才能再次申请。',
  ],
}

const RECIPIENT: Codes = {
  40003: ['The openid belongs to another account or is malformed.', 'openid 属于其他账号，或格式有误。'],
  43004: ['The user must follow the account first.', '用户需要先关注公众号。'],
  43101: [
    'The user has refused these messages, or has no unused subscription left.',
    '用户拒收，或订阅授权次数已用完。',
  ],
  45015: [
    'The user has not interacted with the account for 48 hours, so customer-service messages cannot be sent.',
    '用户超过 48 小时未互动，不能发送客服消息。',
  ],
  45047: [
    'Too many customer-service messages since the person last wrote.',
    '自用户上次互动以来，客服消息条数已达上限。',
  ],
}

const REQUEST: Codes = {
  40002: [
    'grant_type is wrong: client_credential for tokens, authorization_code for a login.',
    'grant_type 有误：获取 token 用 client_credential，登录用 authorization_code。',
  ],
  40004: [
    'The media type must be image, voice, video or thumb.',
    'type 只能是 image、voice、video 或 thumb。',
  ],
  40005: ['WeChat does not take this type of file.', '不支持该文件类型。'],
  40006: ['The file is too large for its type.', '文件大小超出该类型的限制。'],
  40007: [
    'The media_id has expired (3 days) or belongs to another account.',
    'media_id 已过期（3 天）或属于其他账号。',
  ],
  40008: ['The message type is wrong.', '消息类型有误。'],
  40016: ['A menu has one to three buttons.', '菜单需有 1 到 3 个一级按钮。'],
  40017: ['A button of the menu has a type that WeChat does not know.', '菜单按钮的 type 有误。'],
  40018: ['The name of a button is missing or too long (16 bytes).', '一级按钮的名称缺失或过长（16 字节）。'],
  40019: ['The key of a button is missing or too long (128 bytes).', '按钮的 key 缺失或过长（128 字节）。'],
  40020: [
    'The address of a button is wrong or too long (1,024 bytes).',
    '按钮的 url 有误或过长（1024 字节）。',
  ],
  40023: ['A button has one to five sub-buttons.', '二级按钮需有 1 到 5 个。'],
  40025: [
    'The name of a sub-button is missing or too long (60 bytes).',
    '二级按钮的名称缺失或过长（60 字节）。',
  ],
  40037: [
    'The template_id is not of this account, or not for this API.',
    'template_id 不属于该账号，或不适用于该接口。',
  ],
  40066: ['The API path is wrong.', '接口路径有误。'],
  40097: ['An argument is wrong, for example the ticket type.', '参数有误，例如 ticket 的 type。'],
  40201: ['The callback address is missing or wrong.', '回调地址缺失或有误。'],
  40202: ['action must be dns, ping or all.', 'action 只能是 dns、ping 或 all。'],
  40203: [
    'check_operator must be CHINANET, UNICOM, CAP or DEFAULT.',
    'check_operator 只能是 CHINANET、UNICOM、CAP 或 DEFAULT。',
  ],
  41001: [
    'The access_token is missing from the request. It belongs in the query, not in the body.',
    '请求缺少 access_token。它应放在查询串里，而不是请求体里。',
  ],
  41005: [
    'The file is missing from the form: its field is called media.',
    '表单里缺少文件，字段名是 media。',
  ],
  41006: ['The media_id is missing.', '缺少 media_id。'],
  41009: ['The openid is missing.', '缺少 openid。'],
  43001: ['This API wants GET.', '该接口需要用 GET。'],
  43002: ['This API wants POST.', '该接口需要用 POST。'],
  44002: ['The body is empty.', '请求体为空。'],
  44004: ['The text of the message is empty.', '消息内容为空。'],
  45002: ['The text of the message is too long.', '消息内容过长。'],
  45008: ['Too many articles in the message.', '图文消息的条数超过限制。'],
  46003: ['The account has no menu.', '菜单不存在。'],
  47001: ['The body cannot be read: send JSON in UTF-8.', '请求体无法解析：请发送 UTF-8 编码的 JSON。'],
  47003: ['A template field does not fit; the text names it.', '模板字段不符合要求，具体见错误信息。'],
  76001: ['WeChat knows no such request id.', '找不到该 rid。'],
  76002: ['The request id is malformed.', 'rid 格式有误。'],
  76003: [
    'cgi_path must be a path such as /cgi-bin/user/info.',
    'cgi_path 应为 /cgi-bin/user/info 这样的路径。',
  ],
  76022: ['Quotas of /sns paths cannot be queried.', '不能查询 /sns 路径的额度。'],
}

const TABLE: readonly (readonly [kind: ErrorKind, codes: Codes])[] = [
  ['busy', BUSY],
  ['stale', STALE],
  ['quota', QUOTA],
  ['login', LOGIN],
  ['configuration', CONFIGURATION],
  ['address', ADDRESS],
  ['recipient', RECIPIENT],
  ['request', REQUEST],
]

/** What an errcode means: its kind, and what to do about it where the table has it. */
export interface ErrcodeMeaning {
  kind: ErrorKind
  hint: Hint | undefined
}

const MEANINGS = new Map<number, ErrcodeMeaning>(
  TABLE.flatMap(([kind, codes]) =>
    Object.entries(codes).map(([errcode, [en, zh]]) => [Number(errcode), { kind, hint: { en, zh } }]),
  ),
)

// The same codes say something else where a call brings the AppSecret, and where the token is a person's.
const BRINGS_SECRET = /^\/(cgi-bin\/(stable_)?token|sns\/oauth2\/access_token)$/
const PERSONS_TOKEN_ENDED: ErrcodeMeaning = {
  kind: 'login',
  hint: {
    en: "The person's access_token has ended. Renew it with the refresh_token, or start the login again.",
    zh: '用户的 access_token 已失效。请用 refresh_token 续期，或重新登录。',
  },
}

/**
 * Looks an errcode up. A code that the table does not have is of kind `unknown` and has no hint.
 *
 * @param path of the call that was answered with it, e.g. `/cgi-bin/user/info`
 */
export function meaningOf(errcode: number, path: string): ErrcodeMeaning {
  const known = MEANINGS.get(errcode)
  if (known?.kind === 'stale' && BRINGS_SECRET.test(path)) return { ...known, kind: 'configuration' }
  if (known?.kind === 'stale' && path.startsWith('/sns/')) return PERSONS_TOKEN_ENDED
  return known ?? { kind: 'unknown', hint: undefined }
}
