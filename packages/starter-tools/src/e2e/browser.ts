// Finds a Chromium for the end-to-end tests, or brings one.
import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { installOnDebian } from 'wechat-core/testing'

// The first one is Chromium without all that a window needs: it takes a third less of the processor for the same pages.
const NAMES = [
  'chromium-headless-shell',
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

/** In place of a path: the one that Playwright starts where none is named. */
const PLAYWRIGHTS_OWN = ''

// A font for Chinese, so that pages and screenshots show words and not boxes.
const FONT = 'fonts-noto-cjk'

/**
 * The path of a browser that starts: an installed one, else Debian's package, else Playwright's own.
 *
 * @returns an empty text for the one that Playwright starts by itself
 * @throws {Error} none can be had; the message says what to install
 */
export async function findBrowser(): Promise<string> {
  const installed = [process.env['CHROMIUM_PATH'], ...onPath(), ...ELSEWHERE, chromium.executablePath()]
  for (const path of installed) if (path && (await starts(path))) return path
  if (await starts(PLAYWRIGHTS_OWN)) return PLAYWRIGHTS_OWN

  // Not every release of Debian, and of what comes from it, has the first of them.
  for (const name of ['chromium-headless-shell', 'chromium'])
    if (installOnDebian([name, FONT], 'The end-to-end tests'))
      for (const path of onPath()) if (await starts(path)) return path

  console.log(
    'The end-to-end tests need a browser, and none is installed: downloading Playwright’s into its cache…',
  )
  const cli = fileURLToPath(import.meta.resolve('@playwright/test/cli'))
  const download = spawnSync(process.execPath, [cli, 'install', 'chromium-headless-shell'], {
    stdio: 'ignore',
    timeout: DOWNLOAD_LIMIT,
    env: { ...process.env, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '15000' },
  })
  if (download.status === 0 && (await starts(PLAYWRIGHTS_OWN))) return PLAYWRIGHTS_OWN
  throw new Error(
    'No browser for the end-to-end tests. Install Chromium or Chrome (Debian: sudo apt-get install ' +
      `chromium-headless-shell ${FONT}), or run "npx playwright install --with-deps chromium", or set ` +
      'CHROMIUM_PATH to one.',
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
  if (path !== PLAYWRIGHTS_OWN && !existsSync(path)) return false
  try {
    const browser = await chromium.launch({
      ...(path === PLAYWRIGHTS_OWN ? {} : { executablePath: path }),
      args: ['--no-sandbox'],
      timeout: 30_000,
    })
    await browser.close()
    return true
  } catch {
    return false
  }
}
