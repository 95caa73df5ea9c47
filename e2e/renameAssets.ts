import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Makes of a built web app another release: every file in its assets gets another name, everywhere. */
export function renameAssets(web: string): void {
  const names = readdirSync(join(web, 'assets'))
  const renamed = names.map((name) => name.replace(/^(.*)(\.\w+)$/, '$1next$2'))
  const texts = ['index.html', ...names.map((name) => `assets/${name}`)].filter((name) =>
    /\.(html|js|css)$/.test(name),
  )
  for (const path of texts) {
    const text = readFileSync(join(web, path), 'utf8')
    const changed = names.reduce((all, name, i) => all.replaceAll(name, renamed[i] ?? name), text)
    writeFileSync(join(web, path), changed)
  }
  names.forEach((name, i) => renameSync(join(web, 'assets', name), join(web, 'assets', renamed[i] ?? name)))
}
