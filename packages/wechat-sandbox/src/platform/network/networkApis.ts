import { z } from 'zod'
import { Errcode } from '../api/errcode.ts'
import type { Platform } from '../platform.ts'
import { get, post, type Endpoint } from '../api/endpoint.ts'

// The sandbox calls from this machine and answers on it, so these are the true addresses.
const IP_LIST = ['127.0.0.1']

/** The platform's addresses, and whether it can reach the account's server. */
export function networkApis({ account }: Platform): Endpoint[] {
  const checkBody = z.object({
    action: z.string().default(''),
    check_operator: z.string().default('DEFAULT'),
  })
  return [
    get('/cgi-bin/getcallbackip', () => ({ ip_list: IP_LIST })),
    get('/cgi-bin/get_api_domain_ip', () => ({ ip_list: IP_LIST })),
    post('/cgi-bin/callback/check', checkBody, ({ body: { action, check_operator } }) => {
      if (!['dns', 'ping', 'all'].includes(action)) throw new Errcode(40202)
      if (!['CHINANET', 'UNICOM', 'CAP', 'DEFAULT'].includes(check_operator)) throw new Errcode(40203)
      if (!URL.canParse(account.push.url)) throw new Errcode(40201)
      const operator = check_operator === 'DEFAULT' ? 'UNICOM' : check_operator
      const ping = [{ ip: IP_LIST[0], from_operator: operator, package_loss: '0%', time: '0.1ms' }]
      return {
        ...(action === 'ping' ? {} : { dns: [{ ip: IP_LIST[0], real_operator: operator }] }),
        ...(action === 'dns' ? {} : { ping }),
      }
    }),
  ]
}
