// node load.ts URL CONNECTIONS MILLISECONDS: keeps that many connections busy and prints answers per second.
// Plain sockets, so that the client costs as little as possible of the machine that it shares with the server.
import { createConnection } from 'node:net'

const [address = '', connections = '50', ms = '2000'] = process.argv.slice(2)
const { port, pathname, search } = new URL(address)
const request = `GET ${pathname}${search} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`
let answers = 0
let failures = 0

function keepBusy(): void {
  let seen = ''
  const socket = createConnection(Number(port), '127.0.0.1', () => socket.write(request))
  socket.setNoDelay(true)
  socket.on('data', (chunk) => {
    seen += chunk.toString('latin1')
    const head = seen.indexOf('\r\n\r\n')
    if (head < 0) return
    const length = Number(/content-length: (\d+)/i.exec(seen.slice(0, head))?.[1] ?? 0)
    if (seen.length < head + 4 + length) return
    if (seen.startsWith('HTTP/1.1 200')) answers++
    else failures++
    seen = ''
    socket.write(request)
  })
  socket.on('error', () => failures++)
}

for (let i = 0; i < Number(connections); i++) keepBusy()
await new Promise((done) => setTimeout(done, 300)) // warm-up is not counted
answers = failures = 0
const startedAt = performance.now()
await new Promise((done) => setTimeout(done, Number(ms)))
const seconds = (performance.now() - startedAt) / 1000
console.log(JSON.stringify({ perSecond: answers / seconds, failures }))
process.exit(0)
