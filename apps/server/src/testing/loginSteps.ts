// The steps of a login, for tests.
import type { Browser, TestServer } from './testServer.ts'

/** Logs the first person in, with their profile. */
export async function logIn(server: TestServer, browser: Browser = server.browser(), which = 0) {
  const start = await browser('/api/wechat/oauth/authorize?scope=snsapi_userinfo&returnTo=/me')
  const state = new URL(start.headers.get('location') ?? '').searchParams.get('state') ?? ''
  const code = server.platform.logins.issueCode(
    server.platform.people[which] ?? server.platform.people[0],
    'snsapi_userinfo',
  )
  const end = await browser(`/api/wechat/oauth/callback?code=${code}&state=${state}`)
  if (end.status !== 302) throw new Error(`the login ended with ${end.status} ${await end.text()}`)
  return { browser, userOf: async () => (await (await browser('/api/session')).json()).user as unknown }
}
