import { z } from 'zod'
import { Errcode } from '../api/errcode.ts'
import type { Platform } from '../platform.ts'
import { checkAppId, checkSecret } from '../credentials/accountSecret.ts'
import { post, type Endpoint } from '../api/endpoint.ts'

/** Quotas: to look at, and to start again ten times a month; and what a request id stands for. */
export function quotaApis(platform: Platform): Endpoint[] {
  const { account, calls, quotas } = platform
  const ok = { errcode: 0, errmsg: 'ok' }
  return [
    post('/cgi-bin/clear_quota', z.object({ appid: z.string().optional() }), ({ body }) => {
      checkAppId(account.appId, body.appid)
      quotas.clear()
      return ok
    }),
    // Without a token, for when there is none to be had; newer documents say body, older ones query.
    post(
      '/cgi-bin/clear_quota/v2',
      z.object({ appid: z.string().optional(), appsecret: z.string().optional() }),
      ({ body, query }) => {
        checkSecret(platform, body.appid ?? query['appid'], body.appsecret ?? query['appsecret'])
        quotas.clear()
        return ok
      },
      { auth: 'own', mayBeEmpty: true },
    ),
    post('/cgi-bin/openapi/quota/get', z.object({ cgi_path: z.string() }), ({ body }) => {
      if (body.cgi_path.startsWith('/sns/')) throw new Errcode(76022)
      if (!/^\/[\w/-]+$/.test(body.cgi_path)) throw new Errcode(76003)
      return { ...ok, quota: quotas.get(body.cgi_path) }
    }),
    post('/cgi-bin/openapi/rid/get', z.object({ rid: z.string() }), ({ body }) => {
      if (!/^[0-9a-f]{8}(-[0-9a-f]{8}){2}$/.test(body.rid)) throw new Errcode(76002)
      const call = calls.byRid(body.rid)
      if (!call) throw new Errcode(76001)
      const query = new URLSearchParams(
        Object.entries(call.query).map(([key, value]): [string, string] => [key, String(value)]),
      )
      return {
        ...ok,
        request: {
          invoke_time: Math.floor(call.at / 1000),
          cost_in_ms: call.ms,
          request_url: query.toString(),
          request_body: call.body,
          response_body: call.response,
          client_ip: '127.0.0.1',
        },
      }
    }),
  ]
}
