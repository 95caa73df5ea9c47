// A process of its own that signs people up, for tests: node signupWorker.ts ADDRESS SLUG PLACES FIRST COUNT
// Prints the openid of each whose sign-up was confirmed, one a line, as soon as it is.
import { openDatabase } from 'starter-server/database/database'
import { createSignups, SignupRefused, signupMigrations } from '../signups.ts'

const [address = '', slug = '', places = '', first = '', count = ''] = process.argv.slice(2)
const db = await openDatabase(address, signupMigrations)
const signups = createSignups({ db, now: Date.now })
const form = { places: Number(places), fields: [] }
process.stdout.write('ready\n')
await new Promise((go) => process.stdin.once('data', go))
await Promise.all(
  Array.from({ length: Number(count) }, async (_, at) => {
    const openid = `o${Number(first) + at}`
    try {
      const { before } = await signups.save({ slug, form }, { person: openid, openid }, {})
      if (!before) process.stdout.write(`${openid}\n`)
    } catch (error) {
      if (!(error instanceof SignupRefused)) throw error
    }
  }),
)
await db.destroy()
process.exit(0)
