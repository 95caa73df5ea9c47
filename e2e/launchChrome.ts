import { chromium, type Browser } from '@playwright/test'

/** The browser that `pnpm test` found, without its own traffic. */
export function launchChrome(args: string[] = []): Promise<Browser> {
  const executablePath = process.env['CHROMIUM_PATH']
  return chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: [
      '--no-sandbox',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...args,
    ],
  })
}
