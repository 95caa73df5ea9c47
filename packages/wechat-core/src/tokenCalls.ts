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
  /** Whether WeChat gives the same token again for as long as it is good. */
  isRepeated: boolean
}

const TRIES = 4 // with what is in memory, with what the store has, with what WeChat gives, with what it gives if that died
const VOUCHED_FOR = 60_000 // milliseconds
const PATHS = 100

/**
 * An API that refuses even what WeChat has just given has another reason than the token. For a while its refusals of
 * that value are passed on as they are, so that such an API cannot use up the quota of tokens and tickets. A new token
 * may also have died within the call: where WeChat repeats a good one, only the same token given again says that it is
 * good.
 */
export function createTokenCalls(parts: TokenCallsParts): TokenCalls {
  const { token, clock, onEvent, onReplaced, isRepeated } = parts
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
    let isOwn = false
    let isGood = false
    for (let tries = 1; ; tries++) {
      try {
        return await call(used.value, used.fence)
      } catch (error) {
        if (!isStaleToken(error)) throw error
        if (isGood || (isOwn && tries === TRIES)) vouch(error.path, used.value)
        if (tries === TRIES || isVouchedFor(error.path, used.value)) throw error
        const next = await token.renew(used)
        if (next.value !== used.value) onReplaced(used.fence)
        isOwn = next.isOwn
        isGood = isOwn && (!isRepeated || next.value === used.value)
        onEvent({ type: 'retried', errcode: error.errcode })
        used = next
      }
    }
  }
}
