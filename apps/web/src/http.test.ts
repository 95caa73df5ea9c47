import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { http } from './http'

let server: Server
beforeAll(async () => {
  server = createServer((req, res) => {
    const [status = 200, type, body] = ANSWERS[req.url ?? ''] ?? []
    res.writeHead(status, type ? { 'content-type': type } : {}).end(body)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  http.defaults.baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

const PROBLEM = '{"code":"article_not_found","detail":"Gone.","hint":"Look."}'
const ANSWERS: Record<string, [status: number, type?: string, body?: string]> = {
  '/data': [200, 'application/json', '[1]'],
  '/nothing': [204],
  '/portal': [200, 'text/html', '<!doctype html><title>Wi-Fi</title>'],
  '/liar': [200, 'application/json', '<!doctype html><title>Wi-Fi</title>'],
  '/empty': [200, 'application/json', ''],
  '/problem': [404, 'application/problem+json', PROBLEM],
  '/gateway': [502, 'text/html', '<h1>Bad Gateway</h1>'],
}

it('gives data, and nothing where there is none', async () => {
  expect((await http.get('/data')).data).toEqual([1])
  expect((await http.delete('/nothing')).status).toBe(204)
})

// The login page of a Wi-Fi, or a proxy that answers everything with the site's start page.
it.each(['/portal', '/liar', '/empty'])(
  '200 with something else than data is a failure: %s',
  async (path) => {
    await expect(http.get(path)).rejects.toMatchObject({ name: 'ApiError', code: 'not_data', status: 200 })
  },
)

it.each([
  ['/problem', { code: 'article_not_found', status: 404, message: 'Gone. Look.' }],
  ['/gateway', { code: 'unknown', status: 502 }],
])('a refusal keeps its code: %s', async (path, error) => {
  await expect(http.get(path)).rejects.toMatchObject({ name: 'ApiError', ...error })
})
