// The last step of the build: what the compiler leaves behind (the phone's page and styles, the test certificate).
import { cpSync } from 'node:fs'
import { join } from 'node:path'

const COPIED = /\.(html|css|pem|ico|png|svg)$/

cpSync(join(import.meta.dirname, 'src'), join(import.meta.dirname, 'dist'), {
  recursive: true,
  filter: (source) => !/\.\w+$/.test(source) || COPIED.test(source),
})
