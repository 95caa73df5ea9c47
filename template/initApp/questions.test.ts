// What init:app asks, and what it refuses.
import { execFileSync, spawnSync } from 'node:child_process'
import { appendFileSync, existsSync } from 'node:fs'
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
    [['my shop'], '"my shop" cannot be the name: that is lower-case letters'],
    [['茶馆'], 'What people read is the title behind it.'],
    [['my-shop', '--language', 'fr'], '--language is zh or en.'],
    [['my-shop', 'My', 'Shop'], 'A title of several words stands in quotes.'],
    [['my-shop', ''], 'The title is empty.'],
    [['my-shop', 'My Shop', '--title', 'Shop'], 'The title is said twice.'],
    [['my-shop', '--tagline', 'a\nb'], '--tagline is one line.'],
    [['my-shop', '--unknown'], "Unknown option '--unknown'\n\n"],
    [[], 'Say the name of your project.'],
  ])('%j is refused with what to say, and changes nothing', (args, reason) => {
    const project = join(folder, 'left')
    const { status, stderr } = init(project, ...args)
    expect(status).toBe(2)
    expect(stderr).toContain(reason)
    expect(stderr).toContain('pnpm init:app my-shop')
    expect(existsSync(join(project, '.env'))).toBe(false)
  })

  it('what is in no commit yet is named first', () => {
    const project = clone('我的 小店 (1)')
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: project })
    git('init', '--quiet')
    git('add', '-A')
    git('commit', '--quiet', '-m', 'x')
    appendFileSync(join(project, 'content/site.json'), '\n')
    const { status, stderr } = init(project, 'tea')
    expect(stderr).toContain('Changed, and in no commit: content/site.json.\n')
    expect(status).toBe(0)
    git('add', '-A')
    git('commit', '--quiet', '-m', 'x')
    expect(init(project, 'tea')).toMatchObject({ status: 1, stderr: expect.not.stringContaining('commit') })
  })

  it('--help is an answer and no error', () => {
    const { status, stdout, stderr } = init(root, '--help')
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toContain('--tagline "Tea by post"')
  })
})
