import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { afterEach, beforeEach } from 'vitest'
import { listen } from '../../front/siteFront.testing.ts'
import { createPlatform, type Platform } from '../platform.ts'

export interface Received {
  query: Record<string, string>
  body: string
}
type Answer = (request: Received, res: ServerResponse) => unknown

/** A server that an account pushes to, both anew for each test of the file. It answers with "success" until a test says otherwise. */
export function pushedServer() {
  let server: Server
  let platform: Platform
  let answer: Answer
  const received: Received[] = []
  const person = () => platform.people[0]
  beforeEach(async () => {
    received.length = 0
    answer = (_request, res) => res.end('success')
    server = createServer(async (req, res) => {
      const request = { query: queryOf(req), body: await bodyOf(req) }
      received.push(request)
      await answer(request, res)
    })
    platform = createPlatform({
      siteOrigin: 'https://h5.example.com',
      now: () => 1_760_000_000_000,
      push: { url: `http://127.0.0.1:${await listen(server)}/api/wechat` },
    })
  })
  const goAway = () => {
    server.close()
    server.closeAllConnections()
  }
  afterEach(() => {
    platform.push.close()
    goAway()
  })
  return {
    get platform() {
      return platform
    },
    received,
    person,
    openid: () => platform.logins.openidOf(person()),
    /** How the server answers from now on. */
    answerWith: (next: Answer) => void (answer = next),
    goAway,
  }
}

function queryOf(req: IncomingMessage): Record<string, string> {
  return Object.fromEntries(new URL(req.url ?? '/', 'http://site').searchParams)
}

async function bodyOf(req: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of req) body += String(chunk)
  return body
}
