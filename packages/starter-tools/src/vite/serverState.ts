// The server restarts at every saved file, and may not come back. Whoever asks meanwhile waits, or is told why.
import { EventEmitter, once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Plugin } from 'vite'
import { isForServer, isOwnMachine } from './whoAnswers.ts'

/** How the server is; when it has ended by itself, the first lines of what it said. */
export type ServerState = 'starting' | 'running' | { crashed: string }

/** What `pnpm dev` sends to this process, at each change and when it is asked to. */
export interface ServerNews {
  server: ServerState
}

export const ASK_FOR_NEWS = 'how is the server?'

// What a page of ours asks while it waits for the server.
const HEALTH = '/healthz'

/** Holds what is for the server while that starts, and answers in its place when it has crashed. */
export function showServerState(): Plugin {
  let state: ServerState = 'running' // where nobody tells
  let isRefused = false
  const changes = new EventEmitter().setMaxListeners(0)
  const hear = (news: ServerNews) => {
    state = news.server
    changes.emit('change')
  }
  return {
    name: 'show-server-state',
    apply: 'serve',
    configureServer({ middlewares, ws }) {
      // A page that was refused something while the server was down would go on saying so.
      changes.on('change', () => {
        if (state !== 'running' || !isRefused) return
        isRefused = false
        ws.send({ type: 'full-reload' })
      })
      process.on('message', hear)
      process.once('disconnect', () => process.exit()) // `pnpm dev` is gone, however it ended
      process.send?.(ASK_FOR_NEWS)
      middlewares.use(async (req, res, next) => {
        if (!isForServer(req.url ?? '')) return next()
        const isByPage = req.url !== HEALTH && !wantsHtml(req)
        res.once('finish', () => (isRefused ||= isByPage && res.statusCode === 503))
        while (state === 'starting') await once(changes, 'change')
        if (state === 'running') return next()
        sayDown(req, res, state.crashed)
      })
    },
    buildEnd: () => void process.off('message', hear),
  }
}

/** Answers in the server's place. What it said is for people at this machine. */
export function sayDown(req: IncomingMessage, res: ServerResponse, said: string): void {
  if (res.headersSent) return
  const own = isOwnMachine(req)
  const title = own ? 'The server has ended' : 'The server is restarting'
  const detail = own ? said : ''
  const html = wantsHtml(req)
  res.writeHead(503, {
    'content-type': html ? 'text/html; charset=utf-8' : 'application/problem+json',
    'cache-control': 'no-store',
    'retry-after': '1',
  })
  const fields = { type: 'about:blank', title, status: 503, detail: detail || title, code: 'server_down' }
  res.end(html ? page(title, detail) : JSON.stringify(fields))
}

const wantsHtml = ({ headers }: IncomingMessage): boolean => headers.accept?.includes('text/html') ?? false

// Loads itself again once the server is back.
function page(title: string, detail: string): string {
  const words = detail
    ? `<p>改好并保存文件后，本页自动刷新。<br>Mend the file and save it: this page comes back by itself.</p><pre>${escapeHtml(detail)}</pre>`
    : '<p>请稍候，本页会自动刷新。<br>One moment: this page comes back by itself.</p>'
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>
:root { color-scheme: light dark }
body { margin: 24px 16px; font: 16px/1.6 system-ui, sans-serif }
h1 { font-size: 20px }
pre { padding: 12px; border-radius: 8px; background: #8882; font: 13px/1.5 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere }
</style>
</head>
<body>
<h1>${detail ? '服务器已退出' : '服务器正在重启'} · ${title}</h1>
${words}
<script>
setInterval(async () => {
  const answer = await fetch('${HEALTH}').catch(() => undefined)
  if (answer && answer.ok) location.reload()
}, 1000)
</script>
</body>
</html>
`
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign)
