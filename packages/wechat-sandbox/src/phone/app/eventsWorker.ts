// All tabs of a browser share this worker, and with it one connection: of those a browser has only six for a server.

interface SharedScope {
  onconnect: ((event: MessageEvent) => void) | null
}

const ports = new Set<MessagePort>()
let source: EventSource | undefined

;(self as unknown as SharedScope).onconnect = ({ ports: [port] }) => {
  if (!port) return
  ports.add(port)
  port.onmessage = ({ data }) => {
    if (data === 'end') ports.delete(port)
    if (data === 'restart') start()
  }
  if (!source) start()
  else if (source.readyState === EventSource.OPEN) port.postMessage({ event: 'open' })
}

function start(): void {
  source?.close()
  source = new EventSource('events')
  for (const event of ['open', 'activity', 'entry', 'typing', 'order'])
    source.addEventListener(event, ({ data }: MessageEvent) => {
      for (const port of ports) port.postMessage({ event, data })
    })
}
