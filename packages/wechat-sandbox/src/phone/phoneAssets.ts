import { readdirSync, readFileSync } from 'node:fs'
import { browserScript } from '../browserScript.ts'

const folder = new URL('./app/', import.meta.url)

/** The phone's page. */
export const phonePage = (): string => readFileSync(new URL('phone.html', folder), 'utf8')

/** A script or style of the phone's page, by its name in the browser; undefined for everything else. */
export function phoneAsset(name: string): { type: string; text: string } | undefined {
  const file = name.replace(/\.js$/, '.ts')
  if (!/^[a-zA-Z]+\.(js|css)$/.test(name) || !readdirSync(folder).includes(file)) return undefined
  if (file.endsWith('.css')) return { type: 'css', text: readFileSync(new URL(file, folder), 'utf8') }
  return { type: 'text/javascript', text: browserScript(`./phone/app/${file}`) }
}
