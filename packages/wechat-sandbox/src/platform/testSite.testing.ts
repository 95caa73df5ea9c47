// A site that hears what WeChat pushes to it.
import { once } from 'node:events'
import { createServer } from 'node:http'
import { childText, readXml } from './push/xml.ts'

export interface TestSite {
  /** For the server configuration. */
  url: string
  /** The bodies of the pushes so far. */
  pushed: string[]
  /** The names of the events among them. */
  events: () => (string | undefined)[]
  /** What it says to the next push; `success` otherwise. */
  answerWith: (xml: (push: string) => string) => void
  close: () => void
}

export async function startTestSite(): Promise<TestSite> {
  const pushed: string[] = []
  let answer: ((push: string) => string) | undefined
  const server = createServer(async (req, res) => {
    let body = ''
    for await (const chunk of req) body += String(chunk)
    pushed.push(body)
    res.end(answer?.(body) ?? 'success')
    answer = undefined
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the site has no port')
  return {
    url: `http://127.0.0.1:${address.port}/`,
    pushed,
    events: () => pushed.map((body) => childText(readXml(body), 'Event')),
    answerWith: (xml) => void (answer = xml),
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
