// Logins while the server is killed: who was told "logged in" must still be.
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { RunningPlatform } from 'wechat-sandbox'
import { startBuiltApp, type BuiltApp } from '../testing/builtApp.ts'
import type { Outcome } from './processes.ts'
import { logIn } from './visitors.ts'

const CLIENTS = 8

/** `kill -9` at random moments under login load; after each, every login of that round is looked up. */
export async function killedLogins(
  platform: RunningPlatform,
  publicUrl: string,
  folder: string,
  times: number,
): Promise<Outcome> {
  const start = () => startBuiltApp({ platform, publicUrl, storeUrl: `sqlite:${join(folder, 'logins.db')}` })
  let app = await start()
  let told = 0
  let lost = 0
  for (let i = 0; i < times; i++) {
    const sessions: string[] = []
    let ended = false
    const client = async () => {
      while (!ended) {
        const sid = await logIn(app.url, platform).catch(() => undefined) // killed under it: nobody was told anything
        if (sid) sessions.push(sid)
      }
    }
    const clients = Array.from({ length: CLIENTS }, client)
    await sleep(300 + Math.random() * 500)
    await app.kill()
    ended = true
    await Promise.all(clients)
    app = await start()
    for (const sid of sessions) if (!(await isLoggedIn(app, sid))) lost++
    told += sessions.length
  }
  await app.stop()
  return {
    what: `kill -9 under login load, ${times} random moments: logins lost`,
    figure: `${lost} of ${told}`,
    bound: '0',
    ok: lost === 0 && told > times,
  }
}

async function isLoggedIn(app: BuiltApp, sid: string): Promise<boolean> {
  const response = await fetch(`${app.url}/api/session`, { headers: { cookie: sid } })
  const { user } = (await response.json()) as { user: unknown }
  return user !== null
}
