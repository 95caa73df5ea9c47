import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const clone = mkdtempSync(join(tmpdir(), 'app-'))
afterAll(() => rmSync(clone, { recursive: true }))

const init = (...args: string[]) =>
  spawnSync(process.execPath, [join(clone, 'scripts/initApp.ts'), ...args], { cwd: clone, encoding: 'utf8' })

it('a clone becomes the project, and no name of the template is left', () => {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  })
  const files = listed.split('\n').filter((name) => name && !/\.(jpg|png)$/.test(name))
  for (const name of files)
    cpSync(join(root, name), join(clone, name), { recursive: true, errorOnExist: false })

  expect(init('My Shop').status).toBe(2)
  expect(init('my-shop', '我的小店').status).toBe(0)
  expect(JSON.parse(readFileSync(join(clone, 'package.json'), 'utf8'))).toMatchObject({
    name: 'my-shop',
    template: expect.stringMatching(/^wechat-h5-starter@/),
  })
  expect(JSON.parse(readFileSync(join(clone, 'content/site.json'), 'utf8')).name).toBe('我的小店')

  const left = files.filter((name) => {
    if (name === 'LICENSE' || name === 'package.json' || dirname(name) === 'scripts') return false
    try {
      return /WeChat H5 Starter|wechat-h5-starter/.test(readFileSync(join(clone, name), 'utf8'))
    } catch {
      return false // taken away
    }
  })
  expect(left).toEqual([])
  expect(init('my-shop').status).toBe(1)
})
