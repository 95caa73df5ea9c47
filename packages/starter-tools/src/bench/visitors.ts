// People who go on asking while the site is released: logged in, over connections that are kept.
import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { RunningPlatform } from 'wechat-sandbox'
import { onePage } from '../testing/onePage.ts'

export interface Visits {
  done: number
  /** What went wrong, in words; the session's too, when it was lost. */
  failures: string[]
}

export interface VisitorsOptions {
  /** The address of the front. */
  url: string
  /** How many ask at the same time. */
  visitors: number
  /** Of this session: `__Host-sid=…`. */
  cookie: string
  /** A file of the release that was there at first: pages that are open ask for its parts later. */
  formerAsset: string
  /** Whether what is watched has happened; until then they go on. */
  isEnough: () => boolean
}

interface Answer {
  status: number
  text: string
}

/** Asks so many times, with one kind of request after the other; each page is followed by the script that it names. */
export async function visit(total: number, options: VisitorsOptions): Promise<Visits> {
  const { url, cookie, formerAsset } = options
  const visits: Visits = { done: 0, failures: [] }
  const agent = new Agent({ keepAlive: true, maxSockets: options.visitors })
  const page = onePage()
  const signed = encodeURIComponent(`https://h5.example.com${page}`)
  const kinds: [string, string, (answer: Answer) => boolean][] = [
    ['GET', page, ({ status, text }) => status === 200 && text.includes('</html>')],
    [
      'GET',
      `/api/wechat/signature?url=${signed}`,
      ({ status, text }) => status === 200 && text.includes('"signature"'),
    ],
    ['GET', '/api/session', ({ status, text }) => status === 200 && text.includes('"openid"')],
    // Not repeated by a front once it was sent. It is forged, and refused in words of ours.
    ['POST', '/api/wechat?signature=no&timestamp=1&nonce=1', ({ status }) => status === 403],
    ['GET', formerAsset, ({ status }) => status === 200],
  ]
  let begun = 0
  const visitor = async (): Promise<void> => {
    while (visits.done < total || !options.isEnough()) {
      const [method, path, isRight] = kinds[begun++ % kinds.length] ?? ['GET', '/', () => false]
      const { text } = await check(method, path, isRight)
      const [, ownAsset] = /src="(\/assets\/[^"]+\.js)"/.exec(text) ?? []
      if (ownAsset !== undefined) await check('GET', ownAsset, ({ status }) => status === 200)
    }
  }
  async function check(...[method, path, isRight]: (typeof kinds)[number]): Promise<Answer> {
    const failed = (error: Error): Answer => ({ status: 0, text: error.message })
    const answer = await ask(method, new URL(path, url), cookie, agent).catch(failed)
    visits.done++
    if (!isRight(answer))
      visits.failures.push(`${method} ${path}: ${answer.status} ${answer.text.slice(0, 80)}`)
    return answer
  }
  await Promise.all(Array.from({ length: options.visitors }, visitor))
  agent.destroy()
  return visits
}

function ask(method: string, url: URL, cookie: string, agent: Agent): Promise<Answer> {
  return new Promise((done, fail) => {
    const body = method === 'POST' ? '<xml></xml>' : undefined
    const headers = {
      cookie,
      'x-forwarded-for': address(),
      ...(body ? { 'content-type': 'text/xml', 'content-length': body.length } : {}),
    }
    const asking = request(url, { method, agent, headers }, (res) => {
      let text = ''
      res.setEncoding('utf8')
      res.on('data', (chunk: string) => (text += chunk))
      res.on('end', () => done({ status: res.statusCode ?? 0, text }))
      res.on('error', fail)
    })
    asking.on('error', fail)
    asking.end(body)
  })
}

/** Logs in. @returns the session's cookie */
export async function logIn(url: string, platform: RunningPlatform): Promise<string> {
  const visit = (path: string, cookie = '') =>
    fetch(url + path, { redirect: 'manual', headers: { cookie, 'x-forwarded-for': address() } })
  const start = await visit('/api/wechat/oauth/authorize?returnTo=/me')
  const state = new URL(start.headers.get('location') ?? '').searchParams.get('state')
  const code = platform.logins.issueCode(platform.people[0], 'snsapi_base')
  const cookie = start.headers.getSetCookie().join().split(';', 1)[0]
  const end = await visit(`/api/wechat/oauth/callback?code=${code}&state=${state}`, cookie)
  const sid = /(?:__Host-)?sid=[^;]+/.exec(end.headers.getSetCookie().join())?.[0]
  if (sid === undefined) throw new Error(`the login ended with ${end.status}`)
  return sid
}

/** Waits until the process at this address says that it is ready. */
export async function ready(url: string): Promise<void> {
  for (let tries = 0; (await fetch(`${url}/readyz`).catch(() => undefined))?.status !== 200; tries++) {
    if (tries > 400) throw new Error(`${url} does not become ready`)
    await sleep(25)
  }
}

// Below the limit per address.
const address = () => `10.0.${Math.floor(Math.random() * 256)}.${Math.floor(Math.random() * 256)}`
