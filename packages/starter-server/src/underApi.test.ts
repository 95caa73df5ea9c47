import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import express, { Router } from 'express'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { underApi } from './underApi.ts'

const passed: string[] = []
const routes = Router()
  .use((req, _res, next) => {
    passed.push(req.url)
    next()
  })
  .get('/api', (_req, res) => void res.send('the list'))
  .get('/api/orders/:id', ({ params }, res) => void res.send(`order ${params.id}`))
  .use('/api/broken', () => {
    throw new Error('no luck')
  })
const app = express()
  .use(underApi(routes))
  .use((_req, res) => void res.send('a page'))
  .use(((error: Error, _req, res, _next) => void res.send(error.message)) as express.ErrorRequestHandler)
const server = createServer(app)

beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(() => void server.close())

/** Asks for a path exactly as it is written. */
const get = (path: string): Promise<string> =>
  new Promise((done, fail) => {
    const { port } = server.address() as AddressInfo
    request({ port, host: '127.0.0.1', path, agent: false }, async (res) => {
      done((await res.setEncoding('utf8').toArray()).join(''))
    })
      .on('error', fail)
      .end()
  })

it.each([
  ['/api', 'the list'],
  ['/api/', 'the list'],
  ['/api?a=b', 'the list'],
  ['/api/orders/1', 'order 1'],
  ['/API/Orders/%E8%8C%B6?a=/x', 'order 茶'],
  ['/api/broken/whatever', 'no luck'],
  ['/api/nothing', 'a page'],
])('%s comes to the routes', async (path, answer) => {
  passed.length = 0
  expect(await get(path)).toBe(answer)
  expect(passed).toEqual([path])
})

// To Express they are other paths as well: no spelling finds a route that it would not find without this.
it.each(['/', '/apiary', '/api-docs/x', '/articles/api', '/?x=/api/', '//api/orders/1', '/%61pi/orders/1'])(
  '%s passes by',
  async (path) => {
    passed.length = 0
    expect(await get(path)).toBe('a page')
    expect(passed).toEqual([])
    const plain = express().use(routes)
    plain.use((_req, res) => void res.send('a page'))
    const other = createServer(plain).listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    expect(await (await fetch(`http://127.0.0.1:${port}${path}`)).text()).toBe('a page')
    other.close()
  },
)
