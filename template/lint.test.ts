// An import against the flow of the house fails the lint.
import { join } from 'node:path'
import { ESLint } from 'eslint'
import { expect, it } from 'vitest'

const cwd = join(import.meta.dirname, '..')
const eslint = new ESLint({ cwd })

const rulesBrokenBy = async (filePath: string, code: string) => {
  const [result] = await eslint.lintText(`${code}\n`, { filePath: join(cwd, filePath) })
  return result?.messages.map(({ ruleId }) => ruleId)
}

it.each([
  ['apps/web/src/a.ts', 'wechat-core'],
  ['apps/web/src/a.ts', 'wechat-sandbox'],
  ['apps/web/src/a.ts', '@app/server/env'],
  ['apps/web/src/a.ts', '../../server/../apps/server/src/env.ts'],
  ['apps/web/src/a.ts', 'node:fs'],
  ['packages/wechat-web/src/a.ts', 'vue'],
  ['packages/wechat-web/src/a.ts', 'wechat-core'],
  ['packages/wechat-web/src/vue/a.ts', '@/session/session'],
  ['packages/wechat-web/src/vue/a.ts', 'vue-router'],
  ['packages/wechat-web/src/debug/a.ts', 'vue-router'],
  ['apps/server/src/a.ts', 'wechat-sandbox'],
  ['apps/server/src/a.ts', 'vue'],
  ['packages/wechat-core/src/a.ts', 'express'],
  ['packages/wechat-core/src/a.ts', 'wechat-sandbox'],
  ['packages/wechat-core/src/stores/a.ts', '../credentials.ts'],
  ['packages/wechat-sandbox/src/a.ts', 'wechat-core'],
])('%s may not import %s', async (file, name) => {
  expect(await rulesBrokenBy(file, `export * from '${name}'`)).toEqual(['no-restricted-imports'])
})

it.each([
  ['apps/server/src/a.ts', 'wechat-core'],
  ['apps/web/src/articles/a.ts', '@/wechat/useWechatShare'],
  ['apps/web/src/articles/a.ts', 'wechat-web/vue'],
  ['packages/wechat-web/src/vue/a.ts', 'vue'],
  ['packages/wechat-web/src/debug/a.ts', 'vue'],
  ['apps/server/src/a.test.ts', 'wechat-sandbox'],
])('%s may import %s', async (file, name) => {
  expect(await rulesBrokenBy(file, `export * from '${name}'`)).toEqual([])
})

it('the web app has the types of the contract, and nothing else of the server', async () => {
  const from = "from '@app/server/contract'"
  expect(await rulesBrokenBy('apps/web/src/a.ts', `export type { Answer } ${from}`)).toEqual([])
  expect(await rulesBrokenBy('apps/web/src/a.ts', `export { contract } ${from}`)).toEqual([
    '@typescript-eslint/no-restricted-imports',
  ])
  expect(await rulesBrokenBy('apps/web/src/a.ts', "export { z } from 'zod'")).toEqual([
    'no-restricted-imports',
  ])
})

it('the core does not read the environment', async () => {
  const code = 'export const secret = process.env'
  expect(await rulesBrokenBy('packages/wechat-core/src/a.ts', code)).toEqual(['no-restricted-properties'])
})
