import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { startPlatform, type RunningPlatform } from 'wechat-sandbox'

/** A sandbox for one SDK, and what its calls need: people, codes of logins, a template. */
export interface SandboxForSdk {
  url: string
  input: object
  close(): Promise<void>
}

/** Starts one whose account has a server that takes every push. */
export async function sandboxForSdk(): Promise<SandboxForSdk> {
  const site = createServer((req, res) => void req.resume().on('end', () => res.end('success')))
  const platform = await startPlatform({
    siteOrigin: 'https://h5.example.com',
    push: { url: `${await listen(site)}/wechat` },
    switches: { customMessages: 100 },
  })
  return {
    url: platform.url,
    input: await inputFor(platform),
    async close() {
      await platform.close()
      site.closeAllConnections()
      site.close()
      await once(site, 'close')
    },
  }
}

async function inputFor(platform: RunningPlatform): Promise<object> {
  const { account, acts, identities, logins, clock, now } = platform
  const [person, other] = ['xiaoqing', 'amu'].map((id) => identities.person(id))
  if (!person || !other) throw new Error('these two are in every sandbox')
  // Who has not written cannot be written to; and statistics are of yesterday.
  await acts.say(person, 'hello')
  const yesterday = new Date(now() + 8 * 3_600_000).toISOString().slice(0, 10)
  clock.forward(86_400)
  await acts.say(person, 'hello again')
  return {
    appId: account.appId,
    appSecret: account.appSecret,
    openid: identities.openidOf(person),
    friend: identities.openidOf(other),
    templateId: account.templates.find(({ kind }) => kind === 'template')?.id,
    yesterday,
    draft: await addDraft(platform),
    codes: {
      base: logins.issueCode(person, 'snsapi_base'),
      profile: logins.issueCode(person, 'snsapi_userinfo'),
      website: logins.issueCode(person, 'snsapi_login'),
    },
  }
}

// An SDK that is older than drafts cannot make one.
async function addDraft({ url, tokens, materials }: RunningPlatform): Promise<string> {
  const bytes = Buffer.from('89504e470d0a1a0a', 'hex')
  const thumb = materials.add({ type: 'thumb', name: 'tea.png', contentType: 'image/png', bytes })
  const articles = [{ title: 'Tea', content: '<p>Tea</p>', thumb_media_id: thumb }]
  const { access_token } = tokens.issueStable(false)
  const body = JSON.stringify({ articles })
  const response = await fetch(`${url}/cgi-bin/draft/add?access_token=${access_token}`, {
    method: 'POST',
    body,
  })
  const { media_id } = (await response.json()) as { media_id: string }
  return media_id
}

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return `http://127.0.0.1:${address.port}`
}
