import type { Plugin } from 'vite'

/** A saved article is seen at once: the server reads it at every request, and the page is loaded again. */
export function reloadContent(folder: string): Plugin {
  return {
    name: 'reload-content',
    apply: 'serve',
    configureServer({ watcher, ws }) {
      watcher.add(folder)
      watcher.on('all', (_event, file) => {
        if (file.endsWith('.md')) ws.send({ type: 'full-reload' })
      })
    },
  }
}
