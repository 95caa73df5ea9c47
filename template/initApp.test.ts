import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const clone = mkdtempSync(join(tmpdir(), 'app-'))
afterAll(() => rmSync(clone, { recursive: true }))

const NOT_COPIED = /(^|[\\/])(node_modules|dist|data|\.git|\.turbo|\.env|test-results)$/

const init = (...args: string[]) =>
  spawnSync(process.execPath, [join(clone, 'packages/starter-tools/src/init/initApp.ts'), ...args], {
    cwd: clone,
    encoding: 'utf8',
  })

it('a clone becomes the project, and no name of the template is left', () => {
  cpSync(root, clone, { recursive: true, filter: (source) => !NOT_COPIED.test(source.slice(root.length)) })
  const files = readdirSync(clone, { recursive: true, encoding: 'utf8' }).filter(
    (name) => !/\.(jpg|png)$/.test(name),
  )

  expect(init('My Shop').status).toBe(2)
  expect(init('my-shop', '我的小店').status).toBe(0)
  expect(JSON.parse(readFileSync(join(clone, 'package.json'), 'utf8'))).toMatchObject({
    name: 'my-shop',
    template: expect.stringMatching(/^wechat-h5-starter@/),
  })
  expect(JSON.parse(readFileSync(join(clone, 'content/site.json'), 'utf8')).name).toBe('我的小店')

  const left = files.filter((name) => {
    if (name === 'LICENSE' || name === 'package.json' || name.startsWith('packages/starter-tools/'))
      return false
    try {
      return /WeChat H5 Starter|wechat-h5-starter/.test(readFileSync(join(clone, name), 'utf8'))
    } catch {
      return false // a folder, or taken away
    }
  })
  expect(left).toEqual([])
  // A project's own tests pass: this one, which only a template can, went away.
  expect(existsSync(join(clone, 'template'))).toBe(false)
  // Secrets will be written there.
  expect((statSync(join(clone, '.env')).mode & 0o777).toString(8)).toBe('600')
  expect(init('my-shop').status).toBe(1)
})
