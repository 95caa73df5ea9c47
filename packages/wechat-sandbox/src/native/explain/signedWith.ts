import { createHash } from 'node:crypto'
import type { Cause } from './causes.ts'
import type { Evidence } from './evidence.ts'
import { FORMATS, secretsOf, stampsOf, standard, urlsOf } from './signingMistakes.ts'

/** The string that gives the claimed signature, and in what it differs from the right one. */
export interface SignedString {
  text: string
  causes: Cause[]
}

const MOST_MISTAKES = 3

/**
 * Finds out what was signed, by making the mistakes that people make until one gives the signature: every likely
 * address with every ticket that was issued, in the usual wrong formats; few mistakes before many.
 */
export function signedWith(evidence: Evidence): SignedString | undefined {
  const claimed = evidence.claim.signature.toLowerCase()
  const spelling: Cause[] = claimed === evidence.claim.signature ? [] : ['upper_case']
  const [urls, secrets, stamps] = [urlsOf(evidence), secretsOf(evidence), stampsOf(evidence)]
  for (let mistakes = 0; mistakes <= MOST_MISTAKES; mistakes++) {
    for (const secret of secrets) {
      for (const format of FORMATS) {
        for (const stamp of stamps) {
          for (const url of urls) {
            const causes = [url, secret, format, stamp].flatMap(({ cause }) => cause ?? [])
            if (causes.length !== mistakes) continue
            const text = format.value({
              ticket: secret.value,
              nonceStr: evidence.claim.nonceStr,
              timestamp: stamp.value,
              url: url.value,
            })
            if (sha1(text) === claimed) return { text, causes: [...causes, ...spelling] }
          }
        }
      }
    }
  }
  return undefined
}

/** The string that should have been signed. */
export function rightString({ claim, countingUrl, secrets }: Evidence): string {
  const ticket = secrets.findLast(({ kind, valid }) => kind === 'jsapi' && valid)?.value ?? '(no ticket yet)'
  return standard({ ticket, nonceStr: claim.nonceStr, timestamp: claim.timestamp, url: countingUrl })
}

const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex')
