// Loaded first by the server in development (`node --import`): names each file of the project that a module is loaded
// from, before it is read. Written at once and not sent as a message, which would be lost where a process ends on a
// syntax error: the very file that is about to be mended.
import { writeSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { threadId } from 'node:worker_threads'

/** Where the names go, one a line. Whoever starts this process reads them there. */
const NAMES = 3

const told = new Set<string>()

registerHooks({
  resolve(specifier, context, nextResolve) {
    try {
      const resolved = nextResolve(specifier, context)
      tell(resolved.url)
      return resolved
    } catch (error) {
      // What is imported and not there yet is waited for, too.
      if (/^\.{1,2}\//.test(specifier) && context.parentURL) tell(new URL(specifier, context.parentURL).href)
      throw error
    }
  },
})

function tell(url: string): void {
  if (threadId !== 0 || !url.startsWith('file:') || url.includes('/node_modules/') || told.has(url)) return
  told.add(url)
  writeSync(NAMES, `${url}\n`)
}
