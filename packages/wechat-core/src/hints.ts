/** What to do about an errcode, in both languages. */
export interface Hint {
  en: string
  zh: string
}

// What a developer does about an errcode. The platform's table is the source of the codes.
// @see https://developers.weixin.qq.com/doc/offiaccount/Getting_Started/Global_Return_Code.html
const HINTS: Record<number, readonly [en: string, zh: string]> = {
  [-1]: ['WeChat is busy. Try again in a moment.', '微信系统繁忙，请稍后再试。'],
  40001: [
    'The access_token was replaced, or WECHAT_APP_SECRET is wrong. Check that no other system fetches tokens for this account with /cgi-bin/token.',
    'access_token 已被替换，或 WECHAT_APP_SECRET 有误。请检查是否有别的系统在用 /cgi-bin/token 获取同一账号的 token。',
  ],
  40002: [
    'grant_type is wrong: client_credential for tokens, authorization_code for a login.',
    'grant_type 有误：获取 token 用 client_credential，登录用 authorization_code。',
  ],
  40003: ['The openid belongs to another account or is malformed.', 'openid 属于其他账号，或格式有误。'],
  40007: [
    'The media_id has expired (3 days) or belongs to another account.',
    'media_id 已过期（3 天）或属于其他账号。',
  ],
  40013: [
    'WECHAT_APP_ID is wrong. Copy it from the console: Settings and development > Basic configuration.',
    'WECHAT_APP_ID 有误。请从后台「设置与开发 > 基本配置」复制。',
  ],
  40014: [
    'The access_token is malformed or of the wrong kind. It is fetched anew.',
    'access_token 格式有误或种类不对，正在重新获取。',
  ],
  40029: ['The OAuth code is invalid. Start the login again.', 'code 无效，请重新登录。'],
  40030: ['The refresh_token is invalid. Start the login again.', 'refresh_token 无效，请重新登录。'],
  40037: [
    'The template_id is not of this account, or not for this API.',
    'template_id 不属于该账号，或不适用于该接口。',
  ],
  40066: ['The API path is wrong.', '接口路径有误。'],
  40097: ['An argument is wrong, for example the ticket type.', '参数有误，例如 ticket 的 type。'],
  40125: [
    'WECHAT_APP_SECRET is wrong or was reset. Copy the current one from the console: Basic configuration.',
    'WECHAT_APP_SECRET 有误或已重置。请从后台「基本配置」复制当前的密钥。',
  ],
  40163: ['The OAuth code was used already. Start the login again.', 'code 已被使用，请重新登录。'],
  40164: [
    "This server's IP address is not on the account's whitelist. Add the address that WeChat names in the log: Basic configuration > IP whitelist.",
    '本服务器的 IP 不在白名单中。请把日志里微信给出的地址加入后台「基本配置 > IP白名单」。',
  ],
  40201: ['The callback address is missing or wrong.', '回调地址缺失或有误。'],
  40202: ['action must be dns, ping or all.', 'action 只能是 dns、ping 或 all。'],
  40203: [
    'check_operator must be CHINANET, UNICOM, CAP or DEFAULT.',
    'check_operator 只能是 CHINANET、UNICOM、CAP 或 DEFAULT。',
  ],
  40243: [
    'The AppSecret is frozen. Unfreeze it in the console and wait 10 minutes.',
    'AppSecret 已被冻结。请在后台解冻，并等待 10 分钟。',
  ],
  41001: [
    'The access_token is missing from the request. It belongs in the query, not in the body.',
    '请求缺少 access_token。它应放在查询串里，而不是请求体里。',
  ],
  41002: ['The AppID is missing. Set WECHAT_APP_ID.', '缺少 AppID，请设置 WECHAT_APP_ID。'],
  41004: ['The AppSecret is missing. Set WECHAT_APP_SECRET.', '缺少 AppSecret，请设置 WECHAT_APP_SECRET。'],
  41008: ['The OAuth code is missing. Start the login again.', '缺少 code，请重新登录。'],
  42001: ['The access_token has expired. It is fetched anew.', 'access_token 已过期，正在重新获取。'],
  42002: [
    'The refresh_token has expired (30 days). Start the login again.',
    'refresh_token 已过期（30 天），请重新登录。',
  ],
  42003: ['The OAuth code has expired. Start the login again.', 'code 已过期，请重新登录。'],
  42007: [
    'The person changed their password, so their tokens ended. Start the login again.',
    '用户修改了密码，token 已失效，请重新登录。',
  ],
  43002: ['This API wants POST.', '该接口需要用 POST。'],
  43004: ['The person must follow the account first.', '用户需要先关注公众号。'],
  43101: ['The person has refused such messages.', '用户拒绝接收此类消息。'],
  44002: ['The body is empty.', '请求体为空。'],
  45009: [
    "The day's quota for this API is used up. Look for a loop that fetches tokens; the console can reset the quota 10 times a month.",
    '该接口当日调用次数已用完。请检查是否有循环获取 token；后台每月可清零 10 次。',
  ],
  45011: [
    'Too many calls in this minute. Try again in the next one.',
    '本分钟调用次数过多，请下一分钟再试。',
  ],
  45015: [
    'The person has not written for 48 hours; a customer-service message can not be sent.',
    '用户超过 48 小时未互动，不能发送客服消息。',
  ],
  45047: [
    'Too many customer-service messages since the person last wrote.',
    '自用户上次互动以来，客服消息条数已达上限。',
  ],
  47001: ['The body can not be read: send JSON in UTF-8.', '请求体无法解析：请发送 UTF-8 编码的 JSON。'],
  47003: ['A template field does not fit; the text names it.', '模板字段不符合要求，具体见错误信息。'],
  48001: [
    'The account or the login scope may not use this API. The profile needs scope snsapi_userinfo and a verified service account.',
    '账号或授权作用域没有该接口的权限。获取资料需要 snsapi_userinfo 和已认证的服务号。',
  ],
  48004: ['The API is forbidden for an irregularity. See the console.', '接口因违规被封禁，请查看后台通知。'],
  48006: ["This month's quota resets are used up.", '本月的清零次数已用完。'],
  50002: ['The account or the person is restricted. See the console.', '账号或用户受限，请查看后台通知。'],
  50004: ['The account may not fetch tokens. See the console.', '账号被禁止获取 token，请查看后台通知。'],
  50007: ['The account is frozen. See the console.', '账号已被冻结，请查看后台通知。'],
  61004: [
    "This server's IP address is not registered. Add it to the whitelist in the console.",
    '本服务器的 IP 未登记，请在后台加入白名单。',
  ],
  76003: [
    'cgi_path must be a path such as /cgi-bin/user/info.',
    'cgi_path 应为 /cgi-bin/user/info 这样的路径。',
  ],
  76022: ['Quotas of /sns paths can not be asked for.', '不能查询 /sns 路径的额度。'],
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

/** What to do about an errcode, or undefined for one that has no entry. */
export function hintFor(errcode: number): Hint | undefined {
  const hint = HINTS[errcode]
  return hint && { en: hint[0], zh: hint[1] }
}
