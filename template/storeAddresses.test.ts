// The addresses of stores that the documents name are taken as they stand.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { storeUrlProblem } from 'wechat-core'

const root = join(import.meta.dirname, '..')

it.each(['.env.example', 'docs/credentials.md', 'docs/zh-CN/credentials.md'])('those of %s', (path) => {
  const text = readFileSync(join(root, path), 'utf8')
  const addresses = [...text.matchAll(/\b(?:redis|mongodb)[a-z+]*:\/\/[^\s`、，]*[\w]/g)].map(
    ([address]) => address,
  )
  const several = addresses.filter((address) => address.includes(','))
  expect(several.map((address) => address.split(':')[0])).toEqual(
    expect.arrayContaining(['redis+sentinel', 'redis+cluster']),
  )
  for (const address of several) expect([address, storeUrlProblem(address)]).toEqual([address, undefined])
})
