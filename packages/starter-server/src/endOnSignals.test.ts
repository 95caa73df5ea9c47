import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { get } from 'node:http'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'

const KILLED_AFTER = 10_000 // milliseconds: as Docker and others do it

let child: ChildProcess
let port: number
let output: string
afterEach(() => void child.kill('SIGKILL'))

async function start(...args: string[]): Promise<void> {
  const program = join(import.meta.dirname, 'testing/endingServer.ts')
  child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...args])
  output = ''
  child.stdout?.on('data', (chunk: Buffer) => (output += String(chunk)))
  await expect.poll(() => /port (\d+)/.exec(output)?.[1], { timeout: 15_000 }).toBeDefined()
  port = Number(/port (\d+)/.exec(output)?.[1])
}

/** Sends the signal and, like what runs containers, kills what is still there after ten seconds. */
async function end(signal: NodeJS.Signals): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  const killing = setTimeout(() => child.kill('SIGKILL'), KILLED_AFTER)
  child.kill(signal)
  const [code, by] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null]
  clearTimeout(killing)
  return { code, signal: by }
}

async function say(text: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  if (text) socket.write(text)
  return socket
}

/** A connection that was answered and is kept. */
async function answered(text: string): Promise<string> {
  const socket = await say(text)
  const [answer] = (await once(socket, 'data')) as [Buffer]
  return String(answer)
}

const request = (path: string, more = '') => `GET ${path} HTTP/1.1\r\nHost: x\r\n${more}\r\n`
const UPGRADE =
  'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n'

const NOTHING_UNDER_WAY = 8 // of these
const KINDS: [string, () => Promise<unknown>][] = [
  ['kept alive and idle', () => answered(request('/'))],
  ['silent', () => say('')],
  ['in the middle of a head', () => say('GET / HTTP/1.1\r\nHost: x\r\n')],
  ['in the middle of a body', () => say('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf')],
  [
    'in the middle of a body in chunks',
    () => say('POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nha'),
  ],
  [
    'waiting for 100-continue',
    () => answered('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n'),
  ],
  ['asking for a WebSocket', () => answered(request('/', UPGRADE))],
  ['asking for a tunnel', () => say('CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n')],
  ['reading a large answer slowly', async () => (await say(request('/large'))).pause()],
  ['listening to events', () => answered(request('/events'))],
]

describe('SIGTERM', () => {
  it('ends within ten seconds, whatever the open connections do, and answers who waits', async () => {
    await start()
    for (const [, open] of KINDS) for (let i = 0; i < 3; i++) await open()
    const slow = new Promise<string>((done) => {
      get({ port, path: '/slow' }, (res) => {
        let text = ''
        res.on('data', (chunk) => (text += chunk)).on('close', () => done(text))
      })
    })
    await sleep(100)
    expect(await end('SIGTERM')).toEqual({ code: 0, signal: null })
    expect(await slow).toBe('whole answer')
    expect(output).toMatch(/closed\n$/)
  }, 30_000)

  it('does not wait for connections on which no answer is under way', async () => {
    await start()
    for (const [, open] of KINDS.slice(0, NOTHING_UNDER_WAY)) await open()
    await sleep(50)
    const before = performance.now()
    expect(await end('SIGTERM')).toEqual({ code: 0, signal: null })
    expect(performance.now() - before).toBeLessThan(6_500) // 7.5 seconds is how long answers may take
  })

  it('first says that it is not ready, while it still answers', async () => {
    await start()
    const status = async () => (await fetch(`http://127.0.0.1:${port}/ready`)).status
    expect(await status()).toBe(200)
    const ended = end('SIGTERM')
    await expect.poll(status, { interval: 10 }).toBe(503)
    expect(await ended).toEqual({ code: 0, signal: null })
  })

  it('a second one changes nothing: who waits is answered', async () => {
    await start()
    const answer = fetch(`http://127.0.0.1:${port}/slow`).then((response) => response.text())
    await sleep(100)
    const ended = end('SIGTERM')
    await sleep(1_100)
    child.kill('SIGTERM')
    expect(await answer).toBe('whole answer')
    expect(await ended).toEqual({ code: 0, signal: null })
  })

  it('ends in time, too, when work in the background does not', async () => {
    await start('busy', '3000')
    expect(await end('SIGTERM')).toEqual({ code: 0, signal: null })
    expect(output).toContain('without waiting longer for work in the background')
  }, 30_000)
})

describe('SIGINT', () => {
  it('ends the same way', async () => {
    await start()
    await answered(request('/'))
    expect(await end('SIGINT')).toEqual({ code: 0, signal: null })
    expect(output).toMatch(/closed\n$/)
  })

  it('once more, by a person who does not wait, ends at once', async () => {
    await start('busy', '3000')
    const ended = end('SIGINT')
    await sleep(1_200)
    child.kill('SIGINT')
    expect(await ended).toEqual({ code: 1, signal: null })
  })
})
