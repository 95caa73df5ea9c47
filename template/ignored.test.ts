// What holds people's data or secrets gets neither into the repository nor into an image.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const PRIVATE = ['.env', '.env.production', 'data/app.db', 'backups/2026-11-21T10-00-00/site.db', 'dist/.env']
const images = readFileSync(join(root, '.dockerignore'), 'utf8').split('\n')

describe.each(PRIVATE)('%s', (path) => {
  it('is nothing that git takes', () => {
    expect(spawnSync('git', ['check-ignore', '-q', '--no-index', path], { cwd: root }).status).toBe(0)
  })
  it('is nothing that docker takes', () => {
    const [first = ''] = path.split('/')
    const names = [first, `**/${first}`, first.replace(/^\.env\..*/, '.env.*')]
    expect(images.some((line) => names.includes(line))).toBe(true)
  })
})

it('the example of the settings is in both', () => {
  expect(spawnSync('git', ['check-ignore', '-q', '--no-index', '.env.example'], { cwd: root }).status).toBe(1)
  expect(images).toContain('!.env.example')
})
