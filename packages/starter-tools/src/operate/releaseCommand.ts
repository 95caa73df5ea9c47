// node dist/server.js <command>: the second first file of a release.
import { operate, OPERATING } from './commands.ts'

const code = await operate(process.argv.slice(2))
if (code === undefined) console.error(`node server.js runs the site. It also takes:\n\n${OPERATING}`)
process.exitCode = code ?? 2
