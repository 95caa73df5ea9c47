// The last step of the build: what the compiler leaves behind.
import { cpSync } from 'node:fs'
import { join } from 'node:path'

const styles = 'debug/debug.css'
cpSync(join(import.meta.dirname, 'src', styles), join(import.meta.dirname, 'dist', styles))
