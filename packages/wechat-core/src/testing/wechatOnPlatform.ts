import { afterEach, beforeEach } from 'vitest'
import { startPlatform, type RunningPlatform } from 'wechat-sandbox'
import { memoryStore } from '../stores/memory.ts'
import type { Store } from '../stores/store.ts'
import { createWechat, type Wechat } from '../wechat.ts'

export const TOKEN = '/cgi-bin/stable_token'
export const TICKET = '/cgi-bin/ticket/getticket'
export const PAGE = 'https://h5.example.com/articles/hello?from=timeline'

/** An account on a platform that starts anew for each test of the file. Its clock stands still until a test moves it. */
export function wechatOnPlatform() {
  let platform: RunningPlatform
  let time: number
  const now = () => time
  beforeEach(async () => {
    time = 1_760_000_000_000
    platform = await startPlatform({ siteOrigin: 'https://h5.example.com', now })
  })
  afterEach(() => platform.close())

  return {
    get platform() {
      return platform
    },
    now,
    /** Moves the clock. */
    seconds: (n: number) => (time += n * 1000),
    open: (store: Store = memoryStore({ now }), timeoutMs = 1500): Wechat =>
      createWechat({ ...platform.account, apiUrl: platform.url, store, now, timeoutMs }),
    /** How often tokens and tickets were asked for. */
    asked: () => [platform.requests.get(TOKEN) ?? 0, platform.requests.get(TICKET) ?? 0],
    /** Whether the platform takes a signature that this account makes now. */
    async isAccepted(wechat: Wechat, recheck = false) {
      const { appId, timestamp, nonceStr, signature } = await wechat.sign(PAGE, { recheck })
      return platform.judgeJsapi({ appId, timestamp: String(timestamp), nonceStr, signature }, [PAGE]).ok
    },
    /** Why it makes none; undefined when it does. */
    failureOf: (wechat: Wechat) =>
      wechat.sign(PAGE).then(
        () => undefined,
        (error: unknown) => error,
      ),
  }
}
