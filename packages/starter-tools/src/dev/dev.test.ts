// `pnpm dev` when something goes wrong.
import { once } from 'node:events'
import { mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { get, type IncomingHttpHeaders } from 'node:http'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from 'wechat-core/testing'
import { startPlatform } from 'wechat-sandbox/testing'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { root as thisProject } from '../root.ts'
import { copyProject, startDev } from '../testing/runningDev.ts'

const root = realpathSync(mkdtempSync(join(tmpdir(), 'dev-')))
const SERVER_FILE = join(root, 'apps/server/src/app.ts')
const MINUTE = 60_000

beforeAll(() => copyProject(root), MINUTE)
afterAll(() => rmSync(root, { recursive: true }))

describe.each(['with the sandbox', 'with an account'])('a crash of the server, %s', (mode) => {
  // Behind a tunnel nobody can tell the people at this machine from others.
  it.each([
    { where: 'is told on the page', isTunneled: false },
    { where: 'is shown in the terminal alone where there is a tunnel', isTunneled: true },
  ])(
    '$where, and over once the file is mended',
    async ({ isTunneled }) => {
      const platform = await startPlatform({ siteOrigin: 'https://tunnel.example.com' })
      const account = {
        WECHAT_APP_ID: platform.account.appId,
        WECHAT_APP_SECRET: platform.account.appSecret,
        WECHAT_API_URL: platform.url,
      }
      const port = await freePort()
      const whole = readFileSync(join(thisProject, 'apps/server/src/app.ts'), 'utf8')
      onTestFinished(() => writeFileSync(SERVER_FILE, whole))
      // From the start on: nobody ever saw it run.
      writeFileSync(SERVER_FILE, `const broken = <T>"&";;; = 1\n${whole}`)
      const dev = await startDev({
        root,
        env: {
          PUBLIC_URL: isTunneled ? 'https://tunnel.example.com' : `http://localhost:${port}`,
          PORT: String(await freePort()),
          ...(mode === 'with an account' ? account : {}),
        },
        flags: ['--port', String(port)],
      })
      const mend = (host: string) => {
        writeFileSync(SERVER_FILE, whole)
        return expect.poll(async () => (await page(host)).status, { timeout: 30_000 }).toBe(200)
      }
      const page = (host: string) => ask(port, { host, accept: 'text/html', 'sec-fetch-dest': 'iframe' })

      const own = await page(`localhost:${port}`)
      expect(own.status).toBe(503)
      if (!isTunneled) {
        expect(own.body).toContain('apps/server/src/app.ts:1\n')
        expect(own.body).toContain('const broken = &lt;T&gt;&quot;&amp;&quot;;;; = 1')
        expect(own.body).toMatch(/SyntaxError/)
        expect(own.body).not.toContain(root)
      }
      const open = await openPage(port)
      const api = await ask(port, { host: `localhost:${port}` }, '/api/session')
      expect(JSON.parse(api.body)).toMatchObject({ status: 503, code: 'server_down' })

      for (const host of isTunneled ? ['tunnel.example.com', `localhost:${port}`] : []) {
        const outside = await page(host)
        expect(outside.status).toBe(503)
        expect(outside.body).toContain('The server is restarting')
        expect(outside.body).not.toMatch(/app\.ts|SyntaxError|broken/)
      }
      expect(open.heard()).not.toContain('full-reload')
      await mend(isTunneled ? 'tunnel.example.com' : `localhost:${port}`)
      // Else it would go on showing that it was refused something.
      await expect.poll(open.heard, { timeout: 10_000 }).toContain('full-reload')
      open.close()

      // And while it runs.
      if (isTunneled) {
        await dev.stop()
        return platform.close()
      }
      writeFileSync(SERVER_FILE, `${whole}\nsetTimeout(() => { throw new Error('thrown later') }, 1000)\n`)
      await expect
        .poll(async () => (await page(`localhost:${port}`)).body, { timeout: 20_000 })
        .toMatch(/apps\/server\/src\/app\.ts:\d+\n.*Error: thrown later/s)
      await mend(`localhost:${port}`)
      await dev.stop()
      await platform.close()
    },
    2 * MINUTE,
  )
})

describe('the port', () => {
  const refusal = async (env: Record<string, string>, flags: string[] = []) =>
    startDev({ root, env, flags }).then(
      async (dev) => `it started:\n${dev.output()}${String(await dev.stop())}`,
      (error: Error) => error.message,
    )

  it(
    'of --port is the one that is printed, without any setting',
    async () => {
      const port = await freePort()
      const dev = await startDev({
        root,
        env: { PORT: String(await freePort()) },
        flags: ['--port', String(port)],
      })
      expect(dev.output()).toMatch(new RegExp(`Open +http://localhost:${port}\\n`))
      const { body } = await ask(port, { host: `localhost:${port}`, accept: 'text/html' })
      expect(body).toContain(`content="http://localhost:${port}/"`)
      // What is in the data folder is nobody else's on this machine.
      expect(statSync(join(root, 'data')).mode & 0o077).toBe(0)
      await dev.stop()
    },
    MINUTE,
  )

  it.each([
    [['--port', '6000'], /No browser opens port 6000.*pnpm dev --port \d+/],
    [['--port', 'many'], /--port takes a number/],
    [['--port', '70000'], /--port takes a number/],
  ])('%j is refused', async (flags, message) => {
    expect(await refusal({}, flags)).toMatch(message)
  })

  it('in use: says which way works', async () => {
    const port = await freePort()
    const taken = createServer().listen(port, '127.0.0.1')
    await once(taken, 'listening')
    expect(await refusal({ PUBLIC_URL: `http://localhost:${port}` })).toMatch(
      new RegExp(`Port ${port} is in use\\. Choose another: pnpm dev --port (?!${port})\\d+`),
    )
    const people = ['--port', String(await freePort())]
    expect(await refusal({ PORT: String(port) }, people)).toMatch(
      new RegExp(
        `Port ${port}, the server's own, is in use\\. Choose another: PORT=(?!${port})\\d+ in \\.env`,
      ),
    )
    taken.close()
  })
})

/** What Vite tells a page that is open. */
async function openPage(port: number): Promise<{ heard: () => string; close: () => void }> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/`, 'vite-hmr')
  let heard = ''
  socket.onmessage = ({ data }) => (heard += String(data))
  await once(socket, 'open')
  return { heard: () => heard, close: () => socket.close() }
}

/** fetch may not set the host; node's own client may. */
function ask(
  port: number,
  headers: IncomingHttpHeaders,
  path = '/',
): Promise<{ status: number; body: string }> {
  return new Promise((done, fail) => {
    get({ host: '127.0.0.1', port, path, headers, agent: false }, (answer) => {
      let body = ''
      answer.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
      answer.on('end', () => done({ status: answer.statusCode ?? 0, body }))
    }).on('error', fail)
  })
}
