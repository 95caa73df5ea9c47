const SECRET = /^(access_token|refresh_token|secret|appsecret|code|ticket)$/
const HIDDEN = '***'
const LONGEST = 2000

/** A query or a body without what nobody may read: tokens, tickets, codes and the AppSecret. */
export function redact(fields: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, SECRET.test(key) ? HIDDEN : redactValue(value)]),
  )
}

/** The same for a text: JSON without its secrets, or only how much it was. */
export function redactText(text: string): string {
  if (text === '') return ''
  try {
    return JSON.stringify(redactValue(JSON.parse(text))).slice(0, LONGEST)
  } catch {
    return `(${Buffer.byteLength(text)} bytes that are not JSON)`
  }
}

function redactValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redactValue)
  return typeof value === 'object' && value !== null ? redact(value) : value
}
