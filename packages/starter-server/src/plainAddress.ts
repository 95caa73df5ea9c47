import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'

const LONGEST_HOST = 260 // characters: 253 of a name, and a port

/** Answers requests whose address cannot be read, before anything parses it; the listener gets all others. */
export function plainAddresses(
  { publicUrl }: { publicUrl: string },
  listener: RequestListener,
): RequestListener {
  return (req, res) =>
    isPlain(req) && URL.canParse(req.url ?? '', publicUrl) ? listener(req, res) : refuseAddress(res)
}

// A path, and hosts no longer than DNS allows. Looked at before anything is parsed: to write a host name in Punycode
// takes the square of its length.
function isPlain({ url = '', headers }: IncomingMessage): boolean {
  const hosts = [headers.host, headers['x-forwarded-host']].flat()
  return /^\/(?![/\\])/.test(url) && hosts.every((host = '') => host.length <= LONGEST_HOST)
}

// Like "http://[", which Express's router would answer in its own way, before any route and header of ours.
function refuseAddress(res: ServerResponse): void {
  res.writeHead(400, { 'content-type': 'application/problem+json', 'x-content-type-options': 'nosniff' })
  const problem = { type: 'about:blank', title: 'Bad request', status: 400, code: 'bad_request' }
  res.end(JSON.stringify({ ...problem, detail: 'The address cannot be read.' }))
}
