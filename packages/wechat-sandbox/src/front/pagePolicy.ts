/**
 * A page's Content-Security-Policy, widened so far that the bridge loads and that the phone's frame may show the page:
 * WeChat opens pages top-level and puts its bridge in by itself, so no policy of a page keeps it out there.
 *
 * @param policies the header: several policies, each of which has to allow what happens
 * @param bridge the bridge's address
 * @param nonce a nonce of the bridge's own, for policies under which addresses do not count
 * @param besides addresses that the page's own scripts are led to
 */
export function widenPolicy(
  policies: string,
  bridge: string,
  nonce: string,
  besides: readonly string[] = [],
): string | undefined {
  const widened = policies.split(',').flatMap((policy) => widenOne(policy, { bridge, nonce, besides }) ?? [])
  return widened.length ? widened.join(', ') : undefined
}

// They are about a page in somebody else's frame, and about what the page's own server does not trust.
const OUT_OF_PLACE = ['frame-ancestors', 'sandbox']
// The bridge's script is asked for under the first of these that is there.
const FOR_SCRIPTS = ['script-src-elem', 'script-src', 'default-src']

interface Added {
  bridge: string
  nonce: string
  besides: readonly string[]
}

function widenOne(policy: string, { bridge, nonce, besides }: Added): string | undefined {
  const directives = policy
    .split(';')
    .map((directive) => directive.trim())
    .filter((directive) => directive !== '' && !OUT_OF_PLACE.includes(nameOf(directive)))
  const ruling = FOR_SCRIPTS.flatMap((name) => directives.find((one) => nameOf(one) === name) ?? [])[0]
  if (ruling === undefined) return directives.join('; ') || undefined
  const [, ...sources] = ruling.split(/\s+/)
  // A nonce makes 'unsafe-inline' worth nothing, and under 'strict-dynamic' an address is: each is used with its like.
  const hasNonces = sources.some((source) => /^'(nonce-|sha\d+-|strict-dynamic)/i.test(source))
  const kept = sources.filter((source) => source.toLowerCase() !== "'none'")
  const list = [...kept, hasNonces ? `'nonce-${nonce}'` : bridge, ...besides].join(' ')
  const isDefault = nameOf(ruling) === 'default-src'
  const widened = directives.map((one) => (one === ruling && !isDefault ? `${nameOf(one)} ${list}` : one))
  return [...widened, ...(isDefault ? [`script-src ${list}`] : [])].join('; ')
}

const nameOf = (directive: string): string => (directive.split(/\s+/, 1)[0] ?? '').toLowerCase()
