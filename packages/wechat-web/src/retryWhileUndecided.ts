import type { ConfigResult } from './configResult.ts'
import { unlessAborted, within } from './timeout.ts'
import { WechatError } from './wechatError.ts'

const ASK_AGAIN_AFTER = [100, 200, 400, 800, 1200] // milliseconds

/**
 * Does work under a config that was just made. The acceptance of a later config is not told, so the work itself is
 * the test: while it is not permitted, the answer to the config may still be on its way. Any other answer is final.
 *
 * @throws {WechatError} `config_refused`; `not_permitted`; `page_left`; whatever the work throws
 */
export async function retryWhileUndecided<T>(
  work: () => Promise<T>,
  config: ConfigResult,
  signal: AbortSignal | undefined,
): Promise<T> {
  for (const wait of [...ASK_AGAIN_AFTER, undefined]) {
    if (config.state === 'refused') throw new WechatError('config_refused', config.refusal)
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof WechatError) || error.code !== 'not_permitted') throw error
      if (config.state === 'accepted' || (config.state === 'open' && wait === undefined)) throw error
    }
    await unlessAborted(within(config.refused, wait ?? 0), signal)
  }
  throw new WechatError('config_refused', config.refusal)
}
