import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, it } from 'vitest'
import { root } from './root.ts'

const clone = mkdtempSync(join(tmpdir(), 'clone-'))
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>
}
const isSource = (path: string) => !/node_modules|\.turbo/.test(path)
beforeEach(() => {
  for (const name of ['package.json', 'pnpm-workspace.yaml', 'packages/starter-tools'])
    cpSync(join(root, name), join(clone, name), { recursive: true, filter: isSource })
})
afterAll(() => rmSync(clone, { recursive: true }))

// As pnpm runs it, which goes on after a download that failed.
const run = (script: string) =>
  spawnSync(script, { cwd: clone, encoding: 'utf8', shell: true, timeout: 20_000 })
const ofPeople = ['dev', 'build', 'start', 'check', 'wechat'].map((name) => [name, scripts[name] ?? ''])

it.each(ofPeople)('%s says in one line that nothing is installed, and what to do', (_name, script) => {
  const { status, stderr, stdout } = run(script)
  expect(stderr.trim().split('\n')).toHaveLength(1)
  expect(stderr).toMatch(/the project's packages are not installed.*npm config set registry/)
  expect(stdout).toBe('')
  expect(status).toBe(1)
})

it.each(ofPeople)('%s says in one line that its Node.js is not there', (_name, script) => {
  mkdirSync(join(clone, 'node_modules'), { recursive: true })
  writeFileSync(join(clone, 'node_modules/.modules.yaml'), '')
  const settings = readFileSync(join(clone, 'pnpm-workspace.yaml'), 'utf8')
  writeFileSync(
    join(clone, 'pnpm-workspace.yaml'),
    settings.replace(/^nodeVersion: \d+/m, 'nodeVersion: 999'),
  )
  const { status, stderr } = run(script)
  expect(stderr.trim().split('\n')).toHaveLength(1)
  expect(stderr).toMatch(
    /^\s*Node\.js 999 \(this is \d+\.\d+\.\d+\) is not installed.*npm config set registry/,
  )
  expect(status).toBe(1)
})
