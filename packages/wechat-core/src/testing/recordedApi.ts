import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/** One request that the account sent. */
export interface RecordedRequest {
  method: string
  /** With the query. */
  url: URL
  headers: IncomingMessage['headers']
  body: Buffer
}

/** A server in WeChat's place that answers what a test tells it to, for what the sandbox does not have. */
export interface RecordedApi {
  url: string
  /** Every request but those for a token. */
  requests: RecordedRequest[]
  close(): Promise<void>
}

/**
 * Starts on a free port; a token is given to anybody.
 *
 * @example const api = await startRecordedApi((res) => res.end('{"errcode":0,"errmsg":"ok"}'))
 */
export async function startRecordedApi(
  answer: (res: ServerResponse, request: RecordedRequest) => void,
): Promise<RecordedApi> {
  const requests: RecordedRequest[] = []
  const server = createServer(async (req, res) => {
    const chunks: Buffer[] = []
    for await (const chunk of req) chunks.push(Buffer.from(chunk))
    const url = new URL(req.url ?? '', 'http://api')
    if (url.pathname === '/cgi-bin/stable_token')
      return void res.end('{"access_token":"token-of-the-test","expires_in":7200}')
    const request = { method: req.method ?? '', url, headers: req.headers, body: Buffer.concat(chunks) }
    requests.push(request)
    answer(res, request)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
