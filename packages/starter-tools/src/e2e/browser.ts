// Finds a Chromium for the end-to-end tests, or brings one.
import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { installOnDebian } from 'wechat-core/testing'

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'chrome',
]
const ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]
const DOWNLOAD_LIMIT = 180_000 // milliseconds

/**
 * The path of a browser that starts: an installed one, else Playwright's own, else Debian's package.
 *
 * @throws {Error} none can be had; the message says what to install
 */
export async function findBrowser(): Promise<string> {
  const installed = [process.env['CHROMIUM_PATH'], ...onPath(), ...ELSEWHERE, chromium.executablePath()]
  for (const path of installed) if (path && (await starts(path))) return path

  console.log(
    'The end-to-end tests need a browser, and none is installed: downloading Playwright’s into its cache…',
  )
  const cli = fileURLToPath(import.meta.resolve('@playwright/test/cli'))
  const download = spawnSync(process.execPath, [cli, 'install', 'chromium-headless-shell'], {
    stdio: 'ignore',
    timeout: DOWNLOAD_LIMIT,
    env: { ...process.env, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '15000' },
  })
  if (download.status === 0 && (await starts(chromium.executablePath()))) return chromium.executablePath()

  // A font for Chinese, so that pages and screenshots show words and not boxes.
  if (installOnDebian(['chromium', 'fonts-noto-cjk'], 'The end-to-end tests'))
    for (const path of onPath()) if (await starts(path)) return path
  throw new Error(
    'No browser for the end-to-end tests. Install Chromium or Chrome (Debian, Ubuntu: sudo apt-get install chromium ' +
      'fonts-noto-cjk), or run "npx playwright install --with-deps chromium", or set CHROMIUM_PATH to one.',
  )
}

function onPath(): string[] {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).filter(
    (path) => existsSync(path) && statSync(path).isFile(),
  )
}

// A file is not yet a browser: it may lack libraries, or be a stub that tells how to install one.
async function starts(path: string): Promise<boolean> {
  if (!existsSync(path)) return false
  try {
    const browser = await chromium.launch({ executablePath: path, args: ['--no-sandbox'], timeout: 30_000 })
    await browser.close()
    return true
  } catch {
    return false
  }
}
