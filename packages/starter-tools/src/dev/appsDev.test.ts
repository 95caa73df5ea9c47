// Each app's own `dev`, for who has an account and wants one of them alone, or under a debugger.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { freePort } from 'wechat-core/testing'
import { startPlatform } from 'wechat-sandbox/testing'
import { copyProject } from '../testing/runningDev.ts'

it('server and web run from their own scripts, and Vite shows the page of the server', async () => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'apps-dev-')))
  onTestFinished(() => rmSync(root, { recursive: true }))
  copyProject(root)
  const platform = await startPlatform({ siteOrigin: 'http://localhost' })
  onTestFinished(() => platform.close())
  const [port, vitePort] = [await freePort(), await freePort()]
  const env = {
    PATH: `${join(root, 'node_modules/.bin')}:${join(root, 'apps/web/node_modules/.bin')}:${process.env['PATH']}`,
    PUBLIC_URL: `http://localhost:${vitePort}`,
    PORT: String(port),
    SERVER_URL: `http://127.0.0.1:${port}`,
    WECHAT_APP_ID: platform.account.appId,
    WECHAT_APP_SECRET: platform.account.appSecret,
    WECHAT_API_URL: platform.url,
    STORE_URL: 'memory:',
  }
  const run = (app: string, flags = '') => {
    const cwd = join(root, 'apps', app)
    const { scripts } = JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8'))
    const command = scripts.dev.replaceAll('5173', String(vitePort)) + flags
    const child = spawn(command, { cwd, env, shell: true, detached: true, stdio: 'ignore' })
    onTestFinished(() => void process.kill(-Number(child.pid), 'SIGKILL'))
  }
  run('server')
  run('web', ` --port ${vitePort}`)

  const page = () =>
    fetch(`http://127.0.0.1:${vitePort}/`, { headers: { accept: 'text/html' } })
      .then((answer) => answer.text())
      .catch(() => '')
  await expect.poll(page, { timeout: 40_000 }).toMatch(/\/@vite\/client[^]*<meta property="og:title"/)
})
