import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { SANDBOX_PATH } from './sandboxPath.ts'

it('the path of the sandbox is written down once', () => {
  const sources = readdirSync(import.meta.dirname, { encoding: 'utf8', recursive: true }).filter(
    (name) => /\.(ts|html|css)$/.test(name) && !/\.(test|testing)\.ts$/.test(name),
  )
  const naming = sources.filter((name) =>
    new RegExp(`${SANDBOX_PATH}\\b`).test(readFileSync(`${import.meta.dirname}/${name}`, 'utf8')),
  )
  expect(naming).toEqual(['sandboxPath.ts'])
})
