// What a developer does about an errcode. One line each; the platform's table is the source.
// @see https://developers.weixin.qq.com/doc/offiaccount/Getting_Started/Global_Return_Code.html
const HINTS: Record<number, string> = {
  [-1]: 'WeChat is busy. Try again in a moment.',
  40001:
    'The access_token was replaced or WECHAT_APP_SECRET is wrong. Check that no other system fetches tokens for this account.',
  40003: 'The openid belongs to another account or is malformed.',
  40013: 'WECHAT_APP_ID is wrong. Copy it from the console: Settings and development > Basic configuration.',
  40014: 'The access_token is malformed or of the wrong kind. It is fetched anew.',
  40029: 'The OAuth code is invalid. Start the login again.',
  40097: 'An argument is wrong, for example the ticket type.',
  40125:
    'WECHAT_APP_SECRET is wrong or was reset. Copy the current one from the console: Basic configuration.',
  40163: 'The OAuth code was used already. Start the login again.',
  40164:
    "This server's IP address is not on the account's whitelist. Add the address that WeChat names: Basic configuration > IP whitelist.",
  40243: 'The AppSecret is frozen. Unfreeze it in the console and wait 10 minutes.',
  41001: 'The access_token is missing from the request.',
  41002: 'The AppID is missing. Set WECHAT_APP_ID.',
  41004: 'The AppSecret is missing. Set WECHAT_APP_SECRET.',
  41008: 'The OAuth code is missing. Start the login again.',
  42001: 'The access_token has expired. It is fetched anew.',
  42003: 'The OAuth code has expired. Start the login again.',
  45009:
    "The day's quota for this API is used up. Look for a loop that fetches tokens; the console can reset the quota 10 times a month.",
  45011: 'Too many calls in this minute. Try again in the next one.',
  48001:
    'The account or the login scope may not use this API. The profile needs scope snsapi_userinfo and a verified service account.',
  50004: 'The account may not fetch tokens. See the console.',
  50007: 'The account is frozen. See the console.',
  61004: "This server's IP address is not registered. Add it to the whitelist in the console.",
  89503: 'The call waits for the confirmation of the account administrator.',
}

/** What to do about an errcode, or undefined for one that has no entry. */
export function hintFor(errcode: number): string | undefined {
  return HINTS[errcode]
}
