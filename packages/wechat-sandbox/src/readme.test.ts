import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readCommandLine } from './cli/commandLine.ts'
import { readConfig } from './cli/configFile.ts'

const PACKAGE = join(import.meta.dirname, '..')
const README = readFileSync(join(PACKAGE, 'README.md'), 'utf8')

const blockOf = (language: string): string => {
  const [, block = ''] = new RegExp(`\n\`\`\`${language}\n([\\s\\S]*?)\n\`\`\``).exec(README) ?? []
  expect(block).not.toBe('')
  return block
}

it('the command of the README is one', () => {
  const [npx, name, ...args] = blockOf('sh').split(' ')
  expect([npx, name]).toEqual(['npx', 'wechat-sandbox'])
  expect(readCommandLine(args, 'en')).toMatchObject({ wants: 'sandbox' })
})

it('the file of the README is taken', () => {
  expect(readConfig(blockOf('yaml'), 'wechat.yaml', 'en')).toMatchObject({ account: { kind: 'service' } })
})

it('the example of the README prints what it says', () => {
  const code = blockOf('ts')
  const options = { cwd: PACKAGE, encoding: 'utf8' } as const
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module-typescript', '--eval', code],
    options,
  )
  const promised = [...code.matchAll(/console\.log\(.*\) \/\/ (.*)/g)].map(([, text]) => text)
  expect(promised.length).toBe(2)
  expect([stdout.trim().split('\n'), stderr.replace(/^.*Warning.*\n?|^\(Use .*\n?/gm, '')]).toEqual([
    promised,
    '',
  ])
})
