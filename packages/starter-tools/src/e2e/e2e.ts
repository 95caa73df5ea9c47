// pnpm test:e2e: Playwright in a real browser against the built app.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { findBrowser } from './browser.ts'

try {
  const browser = await findBrowser()
  console.log(`Browser: ${browser || 'Playwright’s own'}`)
  const cli = fileURLToPath(import.meta.resolve('@playwright/test/cli'))
  const { status } = spawnSync(process.execPath, [cli, 'test', '-c', 'e2e', ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, CHROMIUM_PATH: browser, NODE_OPTIONS: '--disable-warning=ExperimentalWarning' },
  })
  process.exitCode = status ?? 1
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
