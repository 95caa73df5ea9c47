// Somebody who visits the site over https, as WeChat's browser does.
import { request } from 'node:https'
import type { RunningPlatform } from 'wechat-sandbox'

export interface Answer {
  status: number
  text: string
  location: string
  cookies: string
}

export interface Ask {
  method?: string
  cookie?: string
  body?: unknown
}

/** Asks the front of this host, which has a certificate that nobody but us has signed. */
export function ask(host: string, ca: string, path: string, options: Ask = {}): Promise<Answer> {
  const { method = 'GET', cookie = '', body } = options
  const json = { origin: `https://${host}`, 'content-type': 'application/json' }
  const headers = { cookie, ...(body === undefined ? {} : json) }
  return new Promise((done, fail) => {
    const asking = request({ host, port: 443, path, method, ca, headers }, (res) => {
      let text = ''
      res.setEncoding('utf8')
      res.on('data', (chunk: string) => (text += chunk))
      res.on('end', () =>
        done({
          ...{ status: res.statusCode ?? 0, text, location: res.headers.location ?? '' },
          cookies: (res.headers['set-cookie'] ?? []).join(),
        }),
      )
    })
    asking.on('error', fail)
    asking.end(body === undefined ? undefined : JSON.stringify(body))
  })
}

/** Logs in. @returns the session's cookie */
export async function logIn(
  get: (path: string, options?: Ask) => Promise<Answer>,
  platform: RunningPlatform,
): Promise<string> {
  const start = await get('/api/wechat/oauth/authorize?returnTo=/me')
  const state = new URL(start.location).searchParams.get('state')
  const code = platform.logins.issueCode(platform.people[0], 'snsapi_base')
  const [cookie = ''] = start.cookies.split(';', 1)
  const end = await get(`/api/wechat/oauth/callback?code=${code}&state=${state}`, { cookie })
  const [session] = /__Host-sid=[^;]+/.exec(end.cookies) ?? []
  if (session === undefined) throw new Error(`the login ended with ${end.status}: ${end.text}`)
  return session
}
