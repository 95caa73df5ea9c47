// The release that `pnpm build` made, against the sandbox's platform: for end-to-end tests and for the bench.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunningPlatform } from 'wechat-sandbox'
import { root } from '../root.ts'

export interface BuiltAppOptions {
  platform: RunningPlatform
  /** Under which people reach it, e.g. `https://h5.example.com`. */
  publicUrl: string
  storeUrl: string
  /** More of the environment. */
  env?: Record<string, string>
  /** The Node.js that runs it. Default: the one that runs this. */
  node?: string
  /** The first file of the server. Default: that of this project's release. */
  server?: string
}

export interface BuiltApp {
  url: string
  /** The folder that it was started in. */
  cwd: string
  pid: number
  /** Ends it as an operator does. @throws {Error} it did not end well */
  stop(): Promise<void>
  /** Ends it as `kill -9` does. */
  kill(): Promise<void>
}

/** Starts it on a free port. @throws {Error} with what it printed, when it does not start */
export async function startBuiltApp({
  platform,
  publicUrl,
  storeUrl,
  env,
  node = process.execPath,
  server = join(root, 'dist/server.js'),
}: BuiltAppOptions): Promise<BuiltApp> {
  const cwd = mkdtempSync(join(tmpdir(), 'built-app-')) // no .env is here, and nothing of another run
  const child = spawn(node, [server], {
    cwd,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      PUBLIC_URL: publicUrl,
      PORT: '0',
      HOST: '127.0.0.1',
      WECHAT_APP_ID: platform.account.appId,
      WECHAT_APP_SECRET: platform.account.appSecret,
      WECHAT_API_URL: platform.url,
      WECHAT_TOKEN: platform.account.push.token,
      STORE_URL: storeUrl,
      DATABASE_URL: 'sqlite::memory:',
      SESSION_SECRET: 'a secret for tests that is long enough',
      ...env,
    },
  })
  child.once('exit', () => rmSync(cwd, { recursive: true }))
  const port = await new Promise<string>((done, fail) => {
    let output = ''
    child.stdout.on('data', function look(chunk: Buffer) {
      output += chunk.toString()
      const match = /server listens on port (\d+)/.exec(output)
      if (!match?.[1]) return
      child.stdout.off('data', look).resume() // what it says under load is read by nobody
      done(match[1])
    })
    child.once('exit', () =>
      fail(new Error(`the app did not start. Run "pnpm build" first, if you have not.\n${output}`)),
    )
  })
  const end = (signal: NodeJS.Signals) => async () => {
    const ended = once(child, 'exit')
    child.kill(signal)
    const [code, by] = (await ended) as [number | null, string | null]
    if (signal === 'SIGTERM' && code !== 0) throw new Error(`the app ended with ${code ?? by}`)
  }
  return {
    url: `http://127.0.0.1:${port}`,
    cwd,
    pid: Number(child.pid),
    stop: end('SIGTERM'),
    kill: end('SIGKILL'),
  }
}
