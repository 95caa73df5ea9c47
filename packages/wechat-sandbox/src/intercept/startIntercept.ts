import { once } from 'node:events'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Platform } from '../platform/platform.ts'
import { keepAuthority, type Authority } from './authority/keepAuthority.ts'
import { hostContexts } from './hostContexts.ts'
import { createIntercept } from './interceptProxy.ts'
import { languageVariables, type LanguageVariables } from './languages/languageVariables.ts'
import { writeTrustFiles } from './languages/trustFiles.ts'
import { WECHAT_HOSTS } from './wechatHosts.ts'

export interface RunningIntercept {
  /** Address of the proxy. */
  proxy: string
  authority: Pick<Authority, 'file' | 'until' | 'madeBecause'>
  /** What a site is started with, by its language. */
  languages: LanguageVariables
  close(): Promise<void>
}

/** Where the certificate authority is kept: no path of a home has a space on most systems, and this adds none. */
const defaultFolder = (): string => join(homedir(), '.wechat-sandbox')

/** Ready to be started: what can go wrong has not. */
export interface PreparedIntercept {
  /** Starts the proxy on this machine alone. @param port a free one, or 0 for any */
  start(platform: Platform, port: number): Promise<RunningIntercept>
}

/**
 * Starts the proxy that answers in the place of WeChat's hosts, on a free port of this machine.
 *
 * @example
 * const intercept = await startIntercept(platform, { folder: 'tmp/ca' })
 * spawn('python3', ['site.py'], { env: { ...process.env, ...intercept.languages.Python } })
 */
export async function startIntercept(
  platform: Platform,
  { folder }: { folder?: string } = {},
): Promise<RunningIntercept> {
  return (await prepareIntercept(folder)).start(platform, 0)
}

/**
 * Prepares the proxy that answers in the place of WeChat's hosts.
 *
 * @param folder of the certificate authority; made where it is missing
 * @throws {UnsafeFolder} where the folder can't hold a key
 */
export async function prepareIntercept(folder: string = defaultFolder()): Promise<PreparedIntercept> {
  const authority = await keepAuthority(resolve(folder), WECHAT_HOSTS, Date.now())
  const files = await writeTrustFiles(authority.file)
  return {
    async start(platform, port) {
      const server = createIntercept({ platform, contextOf: hostContexts(authority, Date.now) })
      server.listen(port, '127.0.0.1')
      await once(server, 'listening')
      const address = server.address()
      const proxy = `http://127.0.0.1:${typeof address === 'object' ? address?.port : port}`
      return {
        proxy,
        authority,
        languages: languageVariables(proxy, files),
        async close() {
          const closed = once(server, 'close')
          server.closeAll()
          await closed
        },
      }
    },
  }
}
