import { once } from 'node:events'
import type { Server } from 'node:http'
import { createFront } from '../front/front.ts'
import type { RunningIntercept } from '../intercept/startIntercept.ts'
import { createPlatform, type PlatformOptions } from '../platform/platform.ts'
import { createApiServer } from '../platform/startPlatform.ts'
import { SANDBOX_PATH } from '../sandboxPath.ts'
import type { Config } from './configFile.ts'
import { freePortFrom } from './ports.ts'
import type { Language } from './words.ts'

export interface SandboxOptions {
  /** The site under test; with a path, that page is opened. */
  site: URL
  /** The phone's port, which is free. */
  port: number
  config: Config
  language: Language | undefined
  /** A Chromium that shows the phone to programs, where there is one. */
  browser?: string | undefined
  /** Answers in the place of WeChat's hosts as well, for a site that has them built in. */
  intercept?: { folder: string | undefined } | undefined
}

export interface RunningSandbox {
  /** The address that a person opens. */
  address: string
  /** What the site needs to know, in the starter's names. */
  values: Record<string, string>
  intercept: RunningIntercept | undefined
  close(): Promise<void>
}

/** Starts the phone and the platform in front of a site. Resolves once both listen; the site may come later. */
export async function startSandbox({
  site,
  port,
  config,
  language,
  browser,
  intercept: wanted,
}: SandboxOptions): Promise<RunningSandbox> {
  // Few sites need it. It comes first, as what can go wrong with it should go wrong before anything listens.
  const prepared =
    wanted && (await (await import('../intercept/startIntercept.ts')).prepareIntercept(wanted.folder))
  const origin = `http://localhost:${port}`
  const platform = createPlatform({
    siteOrigin: origin,
    publicUrl: origin + SANDBOX_PATH,
    ...platformOptions(site, config),
  })
  if (config.menu) platform.menu.create(config.menu)
  const front = createFront({
    platform,
    siteUrl: site.origin,
    language,
    browser,
    quirks: definedOf(config.quirks ?? {}),
    leadsWechatHosts: wanted !== undefined,
  })
  // On a port of its own, since many SDKs take a host for the API and no path.
  const api = createApiServer(platform)
  await listen(front, port)
  const apiPort = await freePortFrom(port + 1)
  await listen(api, apiPort)
  const intercept = await prepared?.start(platform, await freePortFrom(apiPort + 1))

  const { appId, appSecret, push } = platform.account
  const openUrl = origin + SANDBOX_PATH
  return {
    address: origin + site.pathname + site.search + site.hash,
    values: {
      WECHAT_API_URL: `http://127.0.0.1:${apiPort}`,
      WECHAT_OPEN_URL: openUrl,
      WECHAT_JSSDK_URLS: `${openUrl}/open/js/jweixin-1.6.0.js`,
      WECHAT_APP_ID: appId,
      WECHAT_APP_SECRET: appSecret,
      WECHAT_TOKEN: push.token,
      WECHAT_ENCODING_AES_KEY: push.encodingAesKey,
    },
    intercept,
    async close() {
      platform.push.close()
      await intercept?.close()
      for (const server of [front, api]) server.closeAllConnections()
      await Promise.all([front, api].map((server) => once(server.close(), 'close')))
    },
  }
}

function platformOptions(
  site: URL,
  { account = {}, push, people, switches }: Config,
): Partial<PlatformOptions> {
  const { appId, appSecret, kind, ...entered } = account
  return {
    ...definedOf({ appId, appSecret, people }),
    account: definedOf(entered),
    // Pushes go straight to the site.
    push: { url: `${site.origin}/api/wechat`, ...definedOf(push ?? {}) },
    switches: { ...switches, ...definedOf({ account: kind }) },
  }
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
}

type Defined<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> }

const definedOf = <T extends object>(values: T): Defined<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>
