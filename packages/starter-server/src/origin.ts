/** Whether this is an address of http(s) with a host and nothing behind it. */
export function isOrigin(text: string): boolean {
  if (!/^https?:$/.test(protocolOf(text))) return false
  const { pathname, search, hash, username } = new URL(text)
  return pathname === '/' && !search && !hash && !username
}

/** Like `https:`; empty: this is no address. */
export function protocolOf(text: string): string {
  return URL.canParse(text) ? new URL(text).protocol : ''
}
