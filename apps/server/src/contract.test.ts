// Every route of /api is in the contract, and answers as it says.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { z } from 'zod'
import { articleSamples } from './articles/testing/samples.ts' // demo
import { contract } from './contract.ts'
import * as pageList from './pageList.ts'
import { PAGE_TYPE } from './pages/contract.ts'
import type { Page } from './pages/definePage.ts'
import { logIn } from './testing/loginSteps.ts'
import { startTestServer, type Browser, type TestServer } from './testing/testServer.ts'

interface Entry {
  body?: z.ZodType
  params?: z.ZodType
  query?: z.ZodType
  response?: z.ZodType
  withHead?: z.ZodType
}
const entries: Record<string, Entry> = contract
const pages: Pick<Page, 'api' | 'missing'>[] = Object.values(pageList)
const pageNames = pages.map(({ api }) => `GET ${api}`)

/** How each route is asked for so that it has something to answer; pages are asked for by the sitemap. */
const SAMPLES: Record<string, (browser: Browser) => Promise<Response>> = {
  ...articleSamples, // demo
  'GET /api/session': (browser) => browser('/api/session'),
  'POST /api/me/profile': (browser) => browser('/api/me/profile', { method: 'POST' }),
  'GET /api/wechat/signature': (browser) =>
    browser(`/api/wechat/signature?url=${encodeURIComponent('https://h5.example.com/')}`),
  'GET /api/wechat/oauth/authorize': (browser) => browser('/api/wechat/oauth/authorize?returnTo=/me'),
  'GET /api/wechat/oauth/callback': (browser) => browser('/api/wechat/oauth/callback?state=x'),
  'POST /api/share-report': (browser) =>
    browser('/api/share-report', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ outcome: 'ok' }),
    }),
  'DELETE /api/session': (browser) => browser('/api/session', { method: 'DELETE' }),
  'DELETE /api/me': (browser) => browser('/api/me', { method: 'DELETE' }),
}

let server: TestServer
let development: TestServer
beforeAll(async () => {
  server = await startTestServer()
  development = await startTestServer({ env: { NODE_ENV: 'development', LOG_LEVEL: 'silent' } })
})
afterAll(() => Promise.all([server.close(), development.close()]))

it('every route has a sample here', () =>
  expect(Object.keys(SAMPLES).sort()).toEqual(
    Object.keys(contract)
      .filter((name) => !pageNames.includes(name))
      .sort(),
  ))

it.each(Object.entries(SAMPLES))('%s answers what the contract says', async (name, ask) => {
  const response = await ask((await logIn(name.includes('content') ? development : server)).browser)
  const schema = entries[name]?.response
  expect(response.headers.get('content-type')?.startsWith('application/json') ?? false).toBe(!!schema)
  if (schema) expect(response.status).toBeLessThan(300)
  if (schema) await expectExactly(schema, await response.json())
})

it.each(pages)('the page of $api answers what the contract says', async ({ api, missing }) => {
  const { withHead, response } = entries[`GET ${api}`] ?? {}
  const html = await (await fetch(`${server.url}/sitemap.xml`)).text()
  const paths = [...html.matchAll(/<loc>https:\/\/h5\.example\.com(.*?)<\/loc>/g)].map(([, path]) => path)
  const inlined = await Promise.all(paths.map(async (path) => inlinedIn(`${server.url}${path}`)))
  const address = inlined.find(({ route }) => route === `GET ${api}`)?.address
  if (address === undefined) {
    // It has no address of its own to look at: then at least what it says where nothing is.
    const problem = await fetch(server.url + api.replaceAll(/:\w+/g, 'nothing-here'))
    expect(await problem.json()).toMatchObject({ status: 404, code: missing })
    return
  }
  await expectExactly(response, await (await fetch(server.url + address)).json())
  await expectExactly(
    withHead,
    await (await fetch(server.url + address, { headers: { accept: PAGE_TYPE } })).json(),
  )
})

it('no route of /api stands in a source and not in the contract', () => {
  const known = new Set(Object.keys(contract))
  const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(import.meta.dirname, name), 'utf8').replace(/^ *(\*|\/\/).*$/gm, ''))
  const named = sources.flatMap((code) => [
    ...[...code.matchAll(/\.(get|post|put|patch|delete|all)\(\s*'(\/api[^']*)'/g)].map(
      ([, verb = '', path = '']) => `${verb.toUpperCase()} ${path}`,
    ),
    ...[...code.matchAll(/\broute\(\s*\w+,\s*'([^']*)'/g)].map(([, name = '']) => name),
  ])
  expect(named.length).toBeGreaterThan(6)
  // The callback address speaks XML, as WeChat has it.
  const isOfWechat = (name: string) => name.endsWith(' /api/wechat')
  expect(named.filter((name) => !known.has(name) && !isOfWechat(name))).toEqual([])
})

async function expectExactly(schema: z.ZodType | undefined, answer: unknown): Promise<void> {
  expect(schema, 'a schema').toBeDefined()
  expect(await schema?.parseAsync(answer)).toEqual(answer)
}

async function inlinedIn(url: string): Promise<{ route?: string; address?: string }> {
  const html = await (await fetch(url)).text()
  return JSON.parse(/id="page">(.*?)<\/script>/.exec(html)?.[1] ?? '{}')
}
