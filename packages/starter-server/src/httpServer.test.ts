import { once } from 'node:events'
import { Agent, get, type RequestListener, type ServerOptions } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, it } from 'vitest'
import { createHttpServer, type StoppableServer } from './httpServer.ts'

let running: StoppableServer | undefined
afterEach(() => running?.server.closeAllConnections())

async function start(listener: RequestListener, limits: ServerOptions = {}, grace = 200) {
  running = createHttpServer(listener, { grace, limits })
  running.server.listen(0, '127.0.0.1')
  await once(running.server, 'listening')
  return { ...running, port: (running.server.address() as AddressInfo).port }
}

it('a stop under load drops no request', async () => {
  const { port, stop } = await start((_req, res) => void setTimeout(() => res.end('whole answer'), 30))
  const agent = new Agent({ keepAlive: true, maxSockets: 20 })
  const outcomes = { answered: 0, refused: 0, dropped: [] as string[] }
  const ask = () =>
    new Promise<void>((done) => {
      const request = get({ port, agent }, (res) => {
        let text = ''
        res.on('data', (chunk) => (text += chunk))
        res.on('close', () => {
          if (text === 'whole answer') outcomes.answered++
          else outcomes.dropped.push(`cut off after "${text}"`)
          done()
        })
      })
      // Refused: the server was never asked, a proxy asks the next one. Anything else was taken and dropped.
      request.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'ECONNREFUSED') outcomes.refused++
        else outcomes.dropped.push(String(error.code))
        done()
      })
    })
  const client = async () => {
    while (outcomes.refused === 0) await ask()
  }
  const clients = Array.from({ length: 20 }, client)
  await sleep(300)
  await stop()
  await Promise.all(clients)
  agent.destroy()
  expect(outcomes.dropped).toEqual([])
  expect(outcomes.answered).toBeGreaterThan(clients.length)
  expect(outcomes.refused).toBeGreaterThan(0)
})

it('whoever has connected when the port is closed is answered', async () => {
  const { port, stop } = await start((_req, res) => res.end(), {}, 0)
  const ask = () =>
    new Promise<string>((done) => {
      const socket = connect(port, '127.0.0.1')
      let answer = ''
      socket.on('data', (chunk) => (answer += String(chunk)))
      socket.on('error', (error: NodeJS.ErrnoException) => (answer ||= String(error.code)))
      socket.on('close', () => done(answer.split('\r\n', 1)[0] ?? ''))
      socket.write('POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
    })
  const stopped = stop()
  // As the stop begins: all of them are in the queue before the first is taken.
  const answers = new Promise<string[]>((done) =>
    setTimeout(() => done(Promise.all(Array.from({ length: 20 }, ask))), 1),
  )
  expect(new Set(await answers)).toEqual(new Set(['HTTP/1.1 200 OK']))
  await stopped
})

it.each([
  ['nothing', ''],
  ['a letter', 'G'],
  ['half a head', 'GET / HTTP/1.1\r\nHost: x\r\n'],
  ['half a body', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf'],
])('a stop does not wait for connections that said %s', async (_case, said) => {
  const { port, stop } = await start((req, res) => {
    if (req.method === 'GET') setTimeout(() => res.end('whole answer'), 400)
    else req.resume().once('end', () => res.end())
  })
  const silent = connect(port, '127.0.0.1')
  silent.on('error', () => undefined)
  await once(silent, 'connect')
  if (said) silent.write(said)
  const ended = once(silent, 'close')
  const asking = fetch(`http://127.0.0.1:${port}/`).then((response) => response.text())
  await sleep(50)
  const begun = performance.now()
  await stop()
  await ended
  expect(await asking).toBe('whole answer')
  // Ten seconds would be what it waits for answers that are under way.
  expect(performance.now() - begun).toBeLessThan(8_000)
})

it('headers that come too slowly end the connection', async () => {
  const { port } = await start((_req, res) => res.end(), {
    headersTimeout: 150,
    connectionsCheckingInterval: 50,
  })
  const socket = connect(port, '127.0.0.1')
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n')
  let answer = ''
  socket.on('data', (chunk) => (answer += String(chunk)))
  await once(socket, 'close')
  expect(answer).toMatch(/^HTTP\/1\.1 408 /)
})

it('a body that never ends its connection ends as well', async () => {
  const limits = { headersTimeout: 100, requestTimeout: 200, connectionsCheckingInterval: 50 }
  const { port } = await start((req, res) => void req.on('end', () => res.end()).resume(), limits)
  const socket = connect(port, '127.0.0.1')
  socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nslow')
  socket.resume()
  await once(socket, 'close')
})

it('headers over 16 KiB are refused', async () => {
  const { port } = await start((_req, res) => res.end())
  const socket = connect(port, '127.0.0.1')
  socket.write(`GET / HTTP/1.1\r\nHost: x\r\nCookie: ${'x'.repeat(17_000)}\r\n\r\n`)
  const [answer] = (await once(socket, 'data')) as [Buffer]
  expect(String(answer)).toMatch(/^HTTP\/1\.1 431 /)
  socket.destroy()
})
