// What init:app asks, and what it refuses.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { ask, Cancelled } from 'starter-tools/init'
import { describe, expect, it } from 'vitest'
import { clone, folder, init, read, root } from './projects.ts'

describe('the questions', () => {
  const asked = (text: string, given: Parameters<typeof ask>[0] = {}) => {
    const output = new PassThrough()
    return ask(given, { input: Readable.from([text]), output })
  }

  it('are answered a line each; an empty one takes what is proposed', async () => {
    expect(await asked('Tea Shop\ntea-shop\n\n好茶\n茶馆\nfr\nen\ny\n')).toEqual({
      ...{ name: 'tea-shop', title: 'Tea Shop', tagline: '好茶', owner: '茶馆', language: 'en', git: true },
    })
  })

  it('are not asked again of what was said as flags', async () => {
    const given = { name: 'tea', title: 'T', tagline: 'A', owner: 'B', git: false }
    expect(await asked('zh\n', given)).toEqual({ ...given, language: 'zh-CN' })
  })

  it('come before everything: who leaves them has changed nothing', async () => {
    await expect(asked('tea\nTea\n')).rejects.toThrow(Cancelled)
    const project = clone('left')
    const before = read(project, 'package.json')
    const keys = `{ sleep 3; printf 'tea\\nTea\\n'; sleep 1; printf '\\003'; sleep 1; }`
    const command = `${process.execPath} packages/starter-tools/src/init/initApp.ts`
    const { stdout } = spawnSync('sh', ['-c', `${keys} | script -qec '${command}' /dev/null`], {
      cwd: project,
      encoding: 'utf8',
    })
    if (process.platform === 'linux') expect(stdout).toContain('Nothing was changed.')
    expect(read(project, 'package.json')).toBe(before)
    expect(existsSync(join(project, '.env'))).toBe(false)
  })

  it.each([
    [['my shop']],
    [['my-shop', '--language', 'fr']],
    [['my-shop', 'My', 'Shop']],
    [['my-shop', '--tagline', 'a\nb']],
    [['my-shop', '--unknown']],
    [[]],
  ])('%j is refused with what to say, and changes nothing', (args) => {
    const project = join(folder, 'left')
    const { status, stderr } = init(project, ...args)
    expect(status).toBe(2)
    expect(stderr).toContain('pnpm init:app my-shop')
  })

  it('--help is an answer and no error', () => {
    const { status, stdout, stderr } = init(root, '--help')
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toContain('--tagline "Tea by post"')
  })
})
