import { z } from 'zod'
import { createHttp, type HttpOptions } from '../http.ts'
import type { Wechat } from '../wechat.ts'

/**
 * Starts all daily quotas of the account again. Ten times a month, together with those of the console: find what used
 * them up first.
 *
 * @throws {WechatApiError} 48006: this month's resets are used up
 * @see https://developers.weixin.qq.com/doc/offiaccount/openApi/clear_quota.html
 */
export async function clearQuota(wechat: Pick<Wechat, 'api' | 'appId'>): Promise<void> {
  await wechat.api({
    method: 'POST',
    path: '/cgi-bin/clear_quota',
    body: { appid: wechat.appId },
    schema: z.object({}),
  })
}

/**
 * The same without an access_token: for when the quota of tokens is what is used up.
 *
 * @throws {WechatApiError} 48006: this month's resets are used up
 * @see https://developers.weixin.qq.com/doc/offiaccount/openApi/clear_quota.html
 */
export async function clearQuotaWithSecret(
  account: { appId: string; appSecret: string } & HttpOptions,
): Promise<void> {
  await createHttp(account)({
    method: 'POST',
    path: '/cgi-bin/clear_quota/v2',
    body: { appid: account.appId, appsecret: account.appSecret },
    schema: z.object({}),
  })
}
