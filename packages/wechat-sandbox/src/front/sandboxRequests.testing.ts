import { request, type IncomingHttpHeaders } from 'node:http'

/** What only whoever may control the sandbox gets. For tests. */
export const CONTROL: [method: string, path: string, body?: string][] = [
  ['GET', '/phone/state'],
  ['GET', '/phone/activity'],
  ['GET', '/phone/events'],
  ['GET', '/phone/conversation'],
  ['GET', '/phone/phone.js'],
  ['POST', '/phone/device', '{"os":"android"}'],
  ['POST', '/phone/clock', '{"seconds":1}'],
  ['POST', '/phone/act', '{"kind":"follow"}'],
  ['POST', '/phone/open', '{"url":"/"}'],
  ['POST', '/phone/share', '{}'],
  ['POST', '/phone/answered', '{"id":"1","answer":1}'],
  ['GET', '/phone/page'],
  ['GET', '/phone/tab'],
  ['GET', '/openapi.json'],
  ['POST', '/phone/server', '{"url":"http://127.0.0.1:1/"}'],
  ['POST', '/native', '{"type":"menu","document":"d"}'],
  ['GET', '/bridge.js'],
  ['GET', '/cgi-bin/token?grant_type=client_credential'],
  ['POST', '/cgi-bin/stable_token', '{}'],
  ['GET', '/sns/userinfo'],
]

interface Asking {
  method?: string
  headers?: Record<string, string>
  body?: string | undefined
}

/** A request of this machine as it is given. With Node's own client: fetch sets Host and cleans paths. */
export function askPort(
  port: number,
  path: string,
  { method = 'GET', headers = {}, body }: Asking = {},
): Promise<{ status: number; headers: IncomingHttpHeaders; body: string }> {
  return new Promise((done, fail) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      answer.on('end', () => done({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }))
    })
    asked.on('error', fail).end(body)
  })
}
