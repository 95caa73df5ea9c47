import { pause } from './timeout'
import type { ConfigResults } from './configResult'
import { WechatError } from './wechatError'

const ASK_AGAIN_AFTER = [100, 200, 400, 800, 1200] // milliseconds

/**
 * Does work under a config that was just made. The acceptance of a later config is not told, so the work itself is
 * the test: while it is not permitted, the verdict may still be on its way.
 *
 * @returns why WeChat refused, if it did
 */
export async function whileUndecided(
  work: () => Promise<void>,
  results: ConfigResults,
  isKnown: boolean,
): Promise<WechatError | undefined> {
  const refused = () => {
    const refusal = results.refusal()
    return refusal === undefined ? undefined : new WechatError('config_refused', refusal)
  }
  for (let tries = 0; ; tries++) {
    const before = refused()
    if (before) return before
    const failed = await failureOf(work())
    const now = refused()
    if (now || failed?.code !== 'not_permitted') return now ?? failed
    const wait = ASK_AGAIN_AFTER[tries]
    if (wait === undefined || isKnown) return failed
    await pause(wait)
  }
}

/** Turns a rejection with a WechatError into a value. */
export async function failureOf(work: Promise<void>): Promise<WechatError | undefined> {
  try {
    await work
    return undefined
  } catch (error) {
    if (error instanceof WechatError) return error
    throw error
  }
}
