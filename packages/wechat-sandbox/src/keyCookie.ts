/** The cookie that holds the key to the sandbox, and the parameter of an address that brings it. */
export const KEY_COOKIE = 'wechat_key'
