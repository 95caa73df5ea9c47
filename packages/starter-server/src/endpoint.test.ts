import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { route } from './endpoint.ts'
import { answerErrors } from './problem.ts'

const contract = {
  'PUT /api/orders/:id': {
    params: z.object({ id: z.string().regex(/^\d+$/, 'id is a number.') }),
    query: z.object({ sendBy: z.enum(['post', 'bike']).default('post') }),
    body: z.object({ count: z.number() }),
    response: z.object({ id: z.string(), count: z.number() }),
  },
  'DELETE /api/orders/:id': {},
}
const app = express()
app.use(express.json())
app.use(
  route(contract, 'PUT /api/orders/:id', ({ params, body, query }) => ({
    ...{ ...params, ...body, secret: 'kept', sendBy: query.sendBy },
  })),
  route(contract, 'DELETE /api/orders/:id', () => undefined),
)
app.use(answerErrors)
const server = createServer(app)
beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(() => server.close())

const put = (path: string, body: unknown = { count: 2 }) =>
  fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

it('answers the fields of the schema and no others', async () => {
  const response = await put('/api/orders/7')
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(await response.json()).toEqual({ id: '7', count: 2 })
})

it('answers 204 where there is nothing to say', async () => {
  const { port } = server.address() as AddressInfo
  const response = await fetch(`http://127.0.0.1:${port}/api/orders/7`, { method: 'DELETE' })
  expect(response.status).toBe(204)
})

it.each<[string, unknown, string]>([
  ['/api/orders/x', { count: 2 }, 'invalid_id'],
  ['/api/orders/7?sendBy=ship', { count: 2 }, 'invalid_send_by'],
  ['/api/orders/7?sendBy=post&sendBy=bike', { count: 2 }, 'invalid_send_by'],
  ['/api/orders/7', { count: '2' }, 'invalid_count'],
  ['/api/orders/7', {}, 'invalid_count'],
  ['/api/orders/7', [], 'invalid_request'],
])('%s with %j is 400 %s', async (path, body, code) => {
  const response = await put(path, body)
  expect(response.status).toBe(400)
  expect(response.headers.get('content-type')).toContain('application/problem+json')
  expect(await response.json()).toMatchObject({ status: 400, code })
})
