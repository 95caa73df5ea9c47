// A release is replaced by the next, one process after the other, behind a real nginx and under load.
import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { RunningPlatform } from 'wechat-sandbox'
import { freePort } from 'wechat-core/testing'
import { root } from '../root.ts'
import { startBuiltApp, type BuiltApp } from '../testing/builtApp.ts'
import { startNginx } from '../testing/nginx.ts'
import type { Outcome } from './processes.ts'
import { logIn, ready, visit, type Visits } from './visitors.ts'

export interface RollingOptions {
  platform: RunningPlatform
  /** The first files of the servers of two releases. */
  releases: [string, string]
  storeUrl: string
  requests: number
}

const SITE = 'https://h5.example.com'
const VISITORS = 16

/**
 * Two processes of the first release are replaced by the second, and then again and again, until so many requests are
 * answered.
 *
 * @throws {Error} a process did not end well
 */
export async function rollReleases(options: RollingOptions): Promise<Visits & { replaced: number }> {
  const { platform, storeUrl, requests } = options
  const [first, second] = options.releases
  const ports = [await freePort(), await freePort()]
  const start = async (port = 0, server: string): Promise<BuiltApp> => {
    const env = { PORT: String(port) }
    const app = await startBuiltApp({ platform, publicUrl: SITE, storeUrl, env, server })
    await ready(app.url)
    return app
  }
  const nginx = await startNginx(ports)
  const apps: BuiltApp[] = []
  try {
    for (const port of ports) apps.push(await start(port, first))
    const cookie = await logIn(nginx.url, platform)
    let isOver = false
    let replaced = 0
    const visiting = visit(requests, {
      url: nginx.url,
      visitors: VISITORS,
      cookie,
      formerAsset: assetOf(first),
      isEnough: () => replaced >= 2, // on a fast machine so many requests are over before
    }).finally(() => (isOver = true))
    for (; !isOver; replaced++) {
      const place = replaced % 2
      await apps[place]?.stop()
      apps[place] = await start(ports[place], second)
    }
    return { ...(await visiting), replaced }
  } finally {
    for (const app of apps) await app.stop()
    await nginx.close()
  }
}

/** The release that is built, rolled over itself. */
export async function rolling(
  platform: RunningPlatform,
  storeUrl: string,
  requests: number,
): Promise<Outcome> {
  const server = join(root, 'dist/server.js')
  const rolled = await rollReleases({ platform, releases: [server, server], storeUrl, requests })
  return {
    what: `rolling release behind nginx, ${rolled.replaced} processes replaced under load: failed requests`,
    figure: `${rolled.failures.length} of ${rolled.done}`,
    bound: '0',
    ok: rolled.failures.length === 0 && rolled.replaced >= 2,
  }
}

/** The first script of a release, as its pages name it. */
function assetOf(server: string): string {
  const name = readdirSync(join(dirname(server), 'web/assets')).find((one) => /^index-.*\.js$/.test(one))
  return `/assets/${name}`
}
