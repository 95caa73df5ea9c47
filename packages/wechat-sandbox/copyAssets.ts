// The last step of the build: what the compiler leaves behind comes in (the phone's page and styles, the test
// certificate), and what is in the bundle goes out. The scripts of the browser stay, and the file that a site's Node.js
// loads first: they are read one by one while the sandbox runs.
import { cpSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const COPIED = /\.(html|css|pem|ico|png|svg)$/
const BUNDLE = /^(cli|index|part-[^/]*|testing\/index)\.js$/
const READ_AS_IT_IS = /^(native\/page|phone\/app)\/|\.cjs$/

const dist = join(import.meta.dirname, 'dist')
cpSync(join(import.meta.dirname, 'src'), dist, {
  recursive: true,
  filter: (source) => !/\.\w+$/.test(source) || COPIED.test(source),
})

for (const found of readdirSync(dist, { encoding: 'utf8', recursive: true })) {
  const name = found.replaceAll('\\', '/')
  if (/\.c?js$/.test(name) && !BUNDLE.test(name) && !READ_AS_IT_IS.test(name)) rmSync(join(dist, found))
}
