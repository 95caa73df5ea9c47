// A process with nothing but the server and its end, as main.ts puts them together: for the test of its end.
import { setTimeout as sleep } from 'node:timers/promises'
import { endOnSignals } from '../endOnSignals.ts'
import { createHttpServer } from '../httpServer.ts'

const told = (line: string) => void process.stdout.write(`${line}\n`)
const ending = new AbortController()
const { server, stop } = createHttpServer(
  (req, res) => {
    if (req.url === '/ready') res.writeHead(ending.signal.aborted ? 503 : 200).end()
    else if (req.url === '/slow') void sleep(1_500).then(() => res.end('whole answer'))
    else if (req.url === '/events')
      res.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n')
    else if (req.url === '/large') res.end(Buffer.alloc(50_000_000))
    else req.resume().once('end', () => res.end('answer'))
  },
  { grace: 500 },
)
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  told(`port ${typeof address === 'object' && address ? address.port : 0}`)
})
endOnSignals({
  log: {
    info: (message: unknown) => told(String(message)),
    warn: (message: unknown) => told(String(message)),
  },
  ending,
  stop,
  settled: () => (process.argv[2] === 'busy' ? new Promise(() => undefined) : Promise.resolve()),
  close: async () => told('closed'),
  ...(process.argv[3] === undefined ? {} : { longest: Number(process.argv[3]) }),
})
