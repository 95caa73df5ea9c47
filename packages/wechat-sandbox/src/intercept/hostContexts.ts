import { createSecureContext, type SecureContext } from 'node:tls'
import type { createIssuer, KeyAndCertificate } from './authority/certificates.ts'

const HOUR = 3_600_000
/** A certificate of a host is kept in memory alone, so it need not last. */
const LIFE = 24 * HOUR
const RESERVE = HOUR
/** Clocks differ, those of virtual machines say. */
const SLACK = 24 * HOUR

/**
 * What TLS needs to speak as a host: its certificate, made when it is first asked for, and again before it ends.
 *
 * @param now milliseconds since 1970
 */
export function hostContexts(
  authority: KeyAndCertificate & { until: Date },
  now: () => number,
): (host: string) => Promise<SecureContext> {
  const kept = new Map<string, { context: Promise<SecureContext>; until: number }>()
  // It takes a while to load, and a site may never ask.
  const issuer = () =>
    (issuing ??= import('./authority/certificates.ts').then((made) => made.createIssuer(authority)))
  let issuing: Promise<ReturnType<typeof createIssuer>> | undefined

  return (host) => {
    const known = kept.get(host)
    if (known && known.until - RESERVE > now()) return known.context
    const until = Math.min(now() + LIFE, authority.until.getTime())
    const span = { from: new Date(now() - SLACK), until: new Date(until) }
    const context = issuer()
      .then((issue) => issue(host, span))
      .then(({ key, certificate }) => createSecureContext({ key, cert: certificate, minVersion: 'TLSv1.2' }))
    kept.set(host, { context, until })
    return context
  }
}
