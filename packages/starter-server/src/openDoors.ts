import { deflateRawSync } from 'node:zlib'

export interface Doors {
  production: boolean
  publicUrl: string
  host: string
  port: number
  trustProxy: boolean | number | string
  sessionSecrets: readonly string[]
}

/** What works and should not stay so in production: one sentence each, for the log of the start. */
export function openDoors({
  production,
  publicUrl,
  host,
  port,
  trustProxy,
  sessionSecrets,
}: Doors): string[] {
  if (!production) return []
  const { protocol, hostname } = new URL(publicUrl)
  const warnings: string[] = []
  if (protocol === 'http:' && !isThisMachine(hostname))
    warnings.push(
      'PUBLIC_URL begins with http: logins and cookies cross the network for everybody to read. Put a proxy with https in front.',
    )
  if (trustProxy !== false && !isThisMachine(host))
    warnings.push(
      `TRUST_PROXY is on and HOST is ${host}: who reaches port ${port} past the proxy makes up any address, and no limit holds. ` +
        'Set HOST=127.0.0.1, or let only the proxy reach this port.',
    )
  if (sessionSecrets.some(isGuessable))
    warnings.push('SESSION_SECRET can be guessed. Put a random one in front, from: openssl rand -hex 32')
  return warnings
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host)
}

// In bytes. Of 20,000 random texts of 32 digits none became smaller than 27, of 32 hex digits none smaller than 29.
const SMALLEST_RANDOM = 26

/** Whether a text says little for its length: it repeats itself, counts up, or is what examples have. */
function isGuessable(secret: string): boolean {
  const steps = Buffer.from(secret).map((byte, at, bytes) => byte - (bytes[at - 1] ?? 0))
  const sizes = [Buffer.from(secret), steps].map((bytes) => deflateRawSync(bytes, { level: 9 }).length)
  return Math.min(...sizes) < SMALLEST_RANDOM || /secret|passw|change.?me|example|qwert/i.test(secret)
}
