// SDKs as npm gives them, call by call against the sandbox. The document has what came of it; once that has changed:
// `pnpm --filter template sdks`, then `pnpm format`.
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { emptyFolder, type EmptyFolder } from './emptyFolder.ts'
import { sandboxForSdk } from './sdks/sandboxFor.ts'
import { SDKS, sdkTables, type CallResult, type Sdk } from './sdks/sdks.ts'

const DOCUMENT = join(import.meta.dirname, '../../docs/sandbox-sdks.md')
// What stands above it is written by hand.
const MARK = '## What came of it\n'

let folder: EmptyFolder
const results: [Sdk, CallResult[]][] = []

beforeAll(async () => {
  folder = emptyFolder()
  folder.write('package.json', JSON.stringify({ private: true }))
  await folder.install(
    'node@24',
    ...SDKS.flatMap(({ name, version, needs }) => [`${name}@${version}`, ...(needs ? [needs.install] : [])]),
  )
  cpSync(join(import.meta.dirname, 'sdks'), folder.path, { recursive: true })
  folder.write('voice.amr', '#!AMR\n')
  folder.write('video.mp4', '\0\0\0\u0018ftypmp42')
  writeFileSync(join(folder.path, 'picture.png'), Buffer.from('89504e470d0a1a0a0000', 'hex'))
}, 300_000)
afterAll(() => folder.remove())

it.each(SDKS)('$name: every call is answered that WeChat answers', async (sdk) => {
  const calls = await callsOf(sdk)
  results.push([sdk, calls])
  const refused = calls.filter(({ said }) => said !== undefined)
  const unexpected = refused.filter(({ name }) => !sdk.refused[name])
  expect(unexpected).toEqual([])
  expect(refused.map(({ name }) => name).sort()).toEqual(Object.keys(sdk.refused).sort())
})

it('the document has what came of it', () => {
  const text = readFileSync(DOCUMENT, 'utf8')
  const [before, after] = text.split(MARK)
  const tables = sdkTables(results)
  if (process.env['WRITE_SDKS']) return writeFileSync(DOCUMENT, `${before}${MARK}\n${tables}`)
  expect(plain(after ?? '')).toBe(plain(tables))
})

async function callsOf({ file }: Sdk): Promise<CallResult[]> {
  const sandbox = await sandboxForSdk()
  try {
    const printed = await folder.node(file, {
      NODE_OPTIONS: '--import ./sandboxHosts.mjs',
      SANDBOX_URL: sandbox.url,
      SDK_INPUT: JSON.stringify(sandbox.input),
    })
    // An SDK may print something of its own.
    return JSON.parse(printed.trim().split('\n').at(-1) ?? '') as CallResult[]
  } finally {
    await sandbox.close()
  }
}

/** A document without the spaces that make its tables straight. */
const plain = (text: string): string =>
  text
    .replaceAll(/ *\| */g, '|')
    .replaceAll(/-{3,}/g, '---')
    .trim()
    .replaceAll(/\n{2,}/g, '\n')
