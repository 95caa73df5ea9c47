import { z } from 'zod'
import type { Wechat } from '../wechat.ts'

export interface CallbackCheck {
  /** Where WeChat finds the server, by operator. Only for `dns` and `all`. */
  dns: { ip: string; operator: string }[]
  /** Only for `ping` and `all`. `loss` as WeChat writes it, e.g. `0%`; `time` e.g. `21.4ms`. */
  ping: { ip: string; fromOperator: string; loss: string; time: string }[]
}

const checkSchema = z.object({
  dns: z.array(z.object({ ip: z.string(), real_operator: z.string() })).default([]),
  ping: z
    .array(
      z.object({ ip: z.string(), from_operator: z.string(), package_loss: z.string(), time: z.string() }),
    )
    .default([]),
})

/**
 * Whether WeChat reaches the server that the console has as callback address: where it finds it, and how fast.
 *
 * @param options.operator the network to look from. Default: WeChat's choice
 * @throws {WechatApiError} 40201: no callback address is entered
 * @see https://developers.weixin.qq.com/doc/offiaccount/Basic_Information/Network_Detection.html
 */
export async function checkCallback(
  wechat: Pick<Wechat, 'api'>,
  options: { action?: 'dns' | 'ping' | 'all'; operator?: 'CHINANET' | 'UNICOM' | 'CAP' | 'DEFAULT' } = {},
): Promise<CallbackCheck> {
  const { action = 'all', operator = 'DEFAULT' } = options
  const { dns, ping } = await wechat.api({
    method: 'POST',
    path: '/cgi-bin/callback/check',
    body: { action, check_operator: operator },
    timeoutMs: 15_000, // it looks while the caller waits
    schema: checkSchema,
  })
  return {
    dns: dns.map(({ ip, real_operator }) => ({ ip, operator: real_operator })),
    ping: ping.map(({ ip, from_operator, package_loss, time }) => ({
      ip,
      fromOperator: from_operator,
      loss: package_loss,
      time,
    })),
  }
}

/**
 * The addresses that pushes come from; an entry may be a range like `203.0.113.0/25`. Ask once a day.
 *
 * @see https://developers.weixin.qq.com/doc/offiaccount/Basic_Information/Get_the_WeChat_server_IP_address.html
 */
export async function listCallbackAddresses(wechat: Pick<Wechat, 'api'>): Promise<string[]> {
  const { ip_list } = await wechat.api({
    method: 'GET',
    path: '/cgi-bin/getcallbackip',
    schema: z.object({ ip_list: z.array(z.string()) }),
  })
  return ip_list
}
