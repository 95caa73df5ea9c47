// A site behind `wechat-sandbox` from its tarball, driven over HTTP as any language could.
import { spawn, type ChildProcess } from 'node:child_process'
import { freePort } from 'wechat-core/testing'
import type { EmptyFolder } from './emptyFolder.ts'

export interface Command {
  command: string
  args: string[]
  cwd: string
}

export interface UnderSandbox {
  /** The site as it answers by itself. */
  siteUrl: string
  /** The values that the sandbox has printed. */
  values: Record<string, string>
  /** The site as people reach it, through the phone. */
  origin: string
  /** Asks the control; without a body by GET. @throws {Error} with what it says */
  control(path: string, body?: object): Promise<Record<string, unknown>>
  close(): void
}

const PATIENCE = 20_000

/** @param site how it is started; it is told `PORT`, `SITE_URL` and the sandbox's values in its environment */
export async function startUnderSandbox(
  sandbox: EmptyFolder,
  site: (port: string) => Command,
): Promise<UnderSandbox> {
  const port = String(await freePort())
  const siteUrl = `http://127.0.0.1:${port}`
  const command = spawn(sandbox.bin('node'), [sandbox.bin('wechat-sandbox'), siteUrl, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  for await (const chunk of command.stdout) if ((output += String(chunk)).includes('Ctrl+C')) break
  const values = Object.fromEntries(
    [...output.matchAll(/^(WECHAT_\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
  )
  const { origin } = new URL(/^Open {2}(\S+)$/m.exec(output)?.[1] ?? '')
  const { command: program, args, cwd } = site(port)
  let said = ''
  const running: ChildProcess = spawn(program, args, {
    cwd,
    env: { ...process.env, ...values, PORT: port, SITE_URL: origin },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  for (const stream of [running.stdout, running.stderr]) stream?.on('data', (text) => (said += String(text)))
  const until = Date.now() + PATIENCE
  while (!(await isThere(siteUrl))) {
    if (Date.now() > until || running.exitCode !== null)
      throw new Error(`${program} ${args.join(' ')} does not answer: ${said}`)
    await new Promise((done) => setTimeout(done, 100))
  }
  return {
    siteUrl,
    values,
    origin,
    async control(path, body) {
      const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
      // Node's fetch names itself a browser (sec-fetch-mode), but says nothing of a site.
      const answer = await fetch(`${origin}/__wechat/phone${path}`, init)
      const told = (await answer.json()) as Record<string, unknown>
      if (!answer.ok) throw new Error(`${path}: ${String(told['error'])}. The site said: ${said}`)
      return told
    },
    close() {
      running.kill()
      command.kill()
    },
  }
}

const isThere = (url: string): Promise<boolean> =>
  fetch(url, { redirect: 'manual' }).then(
    () => true,
    () => false,
  )
