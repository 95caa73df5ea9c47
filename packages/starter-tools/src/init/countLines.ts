import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'

const COUNTED = ['.ts', '.js', '.vue', '.css', '.html']
const ELSEWHERE = /(^|[\\/])(node_modules|dist|data|test-results|playwright-report|\.[^\\/]+)([\\/]|$)/
// Tests, and what only they start: the server for tests, the world of the journeys.
const TESTS = /\.(test|spec)\.ts$|(^|[\\/])testing[\\/]|^e2e[\\/]/

/**
 * Lines of source that a project has of its own: all that it would have to read, without tests and without `packages/`,
 * which updates bring.
 *
 * @returns the files, longest first
 */
export function countLines(root: string): { file: string; lines: number }[] {
  return readdirSync(root, { withFileTypes: true })
    .flatMap((entry) => {
      if (entry.name === 'packages' || ELSEWHERE.test(entry.name)) return []
      if (!entry.isDirectory()) return [entry.name]
      const inside = readdirSync(join(root, entry.name), { recursive: true, encoding: 'utf8' })
      return inside.map((name) => join(entry.name, name))
    })
    .filter((file) => COUNTED.includes(extname(file)) && !ELSEWHERE.test(file) && !TESTS.test(file))
    .map((file) => ({ file, lines: readFileSync(join(root, file), 'utf8').split('\n').length - 1 }))
    .sort((a, b) => b.lines - a.lines)
}
