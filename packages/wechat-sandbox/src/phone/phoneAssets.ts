import { readdirSync, readFileSync } from 'node:fs'
import type { Response } from 'express'
import { SANDBOX_PATH } from '../sandboxPath.ts'
import { sourceFile } from '../sourceFile.ts'
import { browserScript } from '../native/browserScript.ts'

const folder = sourceFile('./phone/app/')

/**
 * Answers with the phone's page, with the path that the sandbox lives under. A page of the site may open it in a window,
 * which has the same origin: it gets no hold of that window, where the browser knows this policy.
 *
 * @param key by which the phone is known (pageKey.ts)
 * @param language where that is not the browser's
 */
export function sendPhonePage(res: Response, key: string, language = ''): void {
  const page = readFileSync(new URL('phone.html', folder), 'utf8')
    .replaceAll('SANDBOX_PATH', SANDBOX_PATH)
    .replace('PAGE_KEY', key)
    .replace('LANGUAGE', language)
  res
    .set({ 'cache-control': 'no-store', 'cross-origin-opener-policy': 'noopener-allow-popups' })
    .type('html')
    .send(page)
}

/** A page without anything to see: what it opens comes from its address, by which the phone is known. */
export const launcherPage = (): string =>
  '<!doctype html><meta charset="utf-8"><title>launcher</title>' +
  '<script>function launch(view, address) { view.location.replace(address) }</script>'

/** A script or style of the phone's page, by its name in the browser; undefined for everything else. */
export function phoneAsset(name: string): { type: string; text: string } | undefined {
  const source = name.replace(/\.js$/, '.ts')
  const isThere = readdirSync(folder).some((file) => file === name || file === source)
  if (!/^[a-zA-Z]+\.(js|css)$/.test(name) || !isThere) return undefined
  if (name.endsWith('.css')) return { type: 'css', text: readFileSync(new URL(name, folder), 'utf8') }
  return { type: 'text/javascript', text: browserScript(new URL(source, folder)) }
}
