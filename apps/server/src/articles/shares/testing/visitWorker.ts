// A process of its own that counts visits, for tests: node visitWorker.ts ADDRESS
// Takes lists of visits as messages, counts each list all at once, and answers "done".
import { openDatabase } from 'starter-server/database/database'
import { createVisits, visitMigrations, type Visit } from '../visits.ts'

const db = await openDatabase(process.argv[2] ?? '', visitMigrations)
const visits = createVisits({ db, now: Date.now })
process.on('message', async (list: Visit[]) => {
  for (let at = 0; at < list.length; at += 20) await Promise.all(list.slice(at, at + 20).map(visits.count))
  process.send?.('done')
})
process.on('disconnect', () => process.exit(0))
process.send?.('ready')
