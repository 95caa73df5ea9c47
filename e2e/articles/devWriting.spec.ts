// A writer's hour with `pnpm dev`: what is saved is seen, what is wrong is told, and both without a reload.
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from 'wechat-core/testing'
import { copyProject, startDev } from 'starter-tools/testing'
import { expect, test } from '../world.ts'

const front = (title: string) => `---\ntitle: ${title}\nsummary: S\npublishedAt: 2030-01-01\n---\ntext`

test('an article that is saved, one that is broken, a server that is', async ({ chrome }) => {
  test.setTimeout(150_000) // starts and restarts
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'writing-')))
  copyProject(root)
  const article = join(root, 'content/articles/tea.md')
  writeFileSync(article, front('Tea'))
  const port = await freePort()
  const dev = await startDev({
    root,
    env: { PORT: String(await freePort()) },
    flags: ['--port', String(port)],
  })
  const context = await chrome.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB' })
  const page = await context.newPage()
  const web = page.frameLocator('#webview')
  const patient = { timeout: 40_000 }

  await page.goto(`http://localhost:${port}/`)
  await expect(web.getByRole('heading', { level: 2 }).first()).toHaveText('Tea', patient)
  writeFileSync(article, front('Oolong'))
  await expect(web.getByRole('heading', { level: 2 }).first()).toHaveText('Oolong', patient)

  writeFileSync(article, front('"Oolong'))
  await expect(web.getByRole('alert')).toContainText(
    'content/articles/tea.md:2 title: something is opened',
    patient,
  )
  await expect(web.getByRole('link', { name: '从零到第一张分享卡片' })).toBeVisible()
  await dev.printed('content/articles/tea.md:2: title: something is opened')
  writeFileSync(article, front('Oolong'))
  await expect(web.getByRole('heading', { level: 2 }).first()).toHaveText('Oolong', patient)
  await expect(web.getByRole('alert')).toBeHidden()

  const source = join(root, 'apps/server/src/app.ts')
  const whole = readFileSync(source, 'utf8')
  writeFileSync(source, `${whole}\nconst tea = ;\n`)
  await dev.printed('Failed running')
  await page.reload()
  await expect(web.getByRole('heading', { level: 1 })).toContainText('The server has ended', patient)
  await expect(web.locator('pre')).toContainText(/apps\/server\/src\/app\.ts:\d+\s+const tea = ;/)
  writeFileSync(source, whole)
  await expect(web.getByRole('heading', { level: 2 }).first()).toHaveText('Oolong', patient)

  await context.close()
  await dev.stop()
  rmSync(root, { recursive: true })
})
