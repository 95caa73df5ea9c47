import type { Clock } from './clock.ts'
import type { Credential } from './credential.ts'
import { isStaleToken } from './errors.ts'
import type { OnEvent } from './events.ts'

/** Runs a call with the access_token and its fence; when WeChat says that it is stale, again with a newer one. */
export type TokenCalls = <T>(call: (accessToken: string, fence: number) => Promise<T>) => Promise<T>

export interface TokenCallsParts {
  token: Credential
  clock: Clock
  onEvent: OnEvent
  /** The token of that fence was refused, and there is another one now. */
  onReplaced: (fence: number) => void
}

const TRIES = 3 // with what is in memory, with what the store has, with what WeChat gives
const VOUCHED_FOR = 60_000 // milliseconds
const PATHS = 100

/**
 * An API that refuses even what WeChat has just given has another reason than the token. For a while its refusals of
 * that value are passed on as they are, so that such an API can't use up the quota of tokens and tickets.
 */
export function createTokenCalls({ token, clock, onEvent, onReplaced }: TokenCallsParts): TokenCalls {
  const vouched = new Map<string, { value: string; until: number }>()

  function isVouchedFor(path: string, value: string): boolean {
    const known = vouched.get(path)
    return known?.value === value && clock.now() < known.until
  }

  function vouch(path: string, value: string): void {
    vouched.delete(path)
    vouched.set(path, { value, until: clock.now() + VOUCHED_FOR })
    const [oldest] = vouched.keys()
    if (vouched.size > PATHS && oldest !== undefined) vouched.delete(oldest)
  }

  return async (call) => {
    let used = await token.current()
    let isJustGiven = false
    for (let tries = 1; ; tries++) {
      try {
        return await call(used.value, used.fence)
      } catch (error) {
        if (!isStaleToken(error)) throw error
        if (isJustGiven) vouch(error.path, used.value)
        if (tries === TRIES || isVouchedFor(error.path, used.value)) throw error
        const next = await token.renew(used)
        if (next.value !== used.value) onReplaced(used.fence)
        isJustGiven = next.isOwn
        onEvent({ type: 'retried', errcode: error.errcode })
        used = next
      }
    }
  }
}
