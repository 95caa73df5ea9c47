// Comes before every script, on any Node.js. When the download of the packages fails, pnpm says so and runs the script
// all the same; it would end in an error about something else.
import { existsSync, readFileSync } from 'node:fs'

const inProject = (path) => new URL(`../../${path}`, import.meta.url)
const [, wanted = ''] =
  /^nodeVersion: (\d+)/m.exec(readFileSync(inProject('pnpm-workspace.yaml'), 'utf8')) ?? []
const missing = []
if (Number(process.versions.node.split('.')[0]) < Number(wanted))
  missing.push(`Node.js ${wanted} (this is ${process.versions.node})`)
// pnpm writes this file when everything is there.
if (!existsSync(inProject('node_modules/.modules.yaml'))) missing.push("the project's packages")

if (missing.length > 0) {
  const many = missing.length > 1 || missing[0] === "the project's packages"
  console.error(
    `\n${missing.join(' and ')} ${many ? 'are' : 'is'} not installed: pnpm could not download everything (see above). ` +
      'Is there a network? In China a mirror helps: npm config set registry <its address>\n',
  )
  process.exit(1)
}
