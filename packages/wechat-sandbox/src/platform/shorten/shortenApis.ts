import { z } from 'zod'
import { post, type Endpoint } from '../api/endpoint.ts'
import { Errcode } from '../api/errcode.ts'
import type { Platform } from '../platform.ts'

const ok = { errcode: 0, errmsg: 'ok' }
const genBody = z.object({ long_data: z.string().optional(), expire_seconds: z.coerce.number().optional() })
const fetchBody = z.object({ short_key: z.string().optional() })
const urlBody = z.object({ action: z.string().optional(), long_url: z.string().optional() })

/** Short keys for long texts; and short addresses, which have ended. */
export function shortenApis({ shortKeys, switches }: Platform): Endpoint[] {
  return [
    post('/cgi-bin/shorten/gen', genBody, ({ body: { long_data: data, expire_seconds: seconds } }) => {
      if (!data) throw new Errcode(47003, 'argument invalid! long_data')
      return { ...ok, short_key: shortKeys.keep(data, seconds) }
    }),
    post('/cgi-bin/shorten/fetch', fetchBody, ({ body: { short_key: key } }) => {
      if (!key) throw new Errcode(47003, 'argument invalid! short_key')
      const { data, createdAt, secondsLeft } = shortKeys.fetch(key)
      const create_time = Math.floor(createdAt / 1000)
      return { ...ok, long_data: data, create_time, expire_seconds: secondsLeft }
    }),
    post('/cgi-bin/shorturl', urlBody, ({ body: { action, long_url: url = '' } }) => {
      if (switches.get('shortUrls') === '45103') throw new Errcode(45103)
      if (action !== 'long2short') throw new Errcode(40035)
      if (!/^(https?|weixin):\/\//.test(url)) throw new Errcode(40039)
      return { ...ok, short_url: url }
    }),
  ]
}
