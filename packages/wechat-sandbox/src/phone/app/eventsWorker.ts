// All tabs of a browser share this worker, and with it one connection: of those a browser has only six for a server.
import { EVENT_NAMES } from './eventNames.js'

interface SharedScope {
  onconnect: ((event: MessageEvent) => void) | null
}

const ports = new Set<MessagePort>()
let source: EventSource | undefined
let key: string | undefined

;(self as unknown as SharedScope).onconnect = ({ ports: [port] }) => {
  if (!port) return
  port.onmessage = ({ data }: MessageEvent<{ key: string } | 'end' | 'restart'>) => {
    if (data === 'end') ports.delete(port)
    else if (data === 'restart') start()
    else join(port, data.key)
  }
}

// Any page of the origin can come here. With another key it hears nothing, and neither does who joined with the old one.
function join(port: MessagePort, given: string): void {
  if (given !== key) {
    tell('error')
    ports.clear()
    key = given
    ports.add(port)
    return start()
  }
  ports.add(port)
  if (source?.readyState === EventSource.OPEN) port.postMessage({ event: 'open' })
}

function start(): void {
  source?.close()
  const opened = new EventSource(`events?key=${key}`)
  source = opened
  for (const event of EVENT_NAMES)
    opened.addEventListener(event, ({ data }: MessageEvent) => tell(event, data))
  // While the sandbox is not there it is asked again; what it has refused is not.
  opened.addEventListener('error', () => opened.readyState === EventSource.CLOSED && tell('error'))
}

function tell(event: string, data?: unknown): void {
  for (const port of ports) port.postMessage({ event, data })
}
