// Pictures in sign-ups: none is lost that a sign-up names, and none stays that no sign-up names.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { logIn } from '../../testing/loginSteps.ts'
import { startTestServer, type Browser, type TestServer } from '../../testing/testServer.ts'

const headers = { 'content-type': 'application/json', origin: 'https://h5.example.com' }
const jpeg = readFileSync(join(import.meta.dirname, '../../../../web/public/covers/default.jpg'))
const FILE =
  '---\ntitle: x\nsummary: x\npublishedAt: 2026-11-01\nsignup:\n  fields:\n' +
  '    - { name: front, label: 正面, type: picture }\n    - { name: back, label: 反面, type: picture }\n---\n'

let folder: string
let server: TestServer
let browser: Browser
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'articles-'))
  for (const slug of ['tea', 'coffee']) writeFileSync(join(folder, `${slug}.md`), FILE)
  server = await startTestServer({ articles: folder })
  browser = (await logIn(server, server.browser(), 1)).browser
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

async function upload(): Promise<string> {
  const answer = await browser('/api/pictures', { method: 'POST', headers, body: new Uint8Array(jpeg) })
  expect(answer.status).toBe(200)
  const { id } = await answer.json()
  return String(id)
}
const signUp = async (slug: string, fields: object) =>
  (
    await browser(`/api/articles/${slug}/signup`, {
      method: 'PUT',
      headers,
      body: JSON.stringify({ fields }),
    })
  ).status
const withdraw = (slug: string) => browser(`/api/articles/${slug}/signup`, { method: 'DELETE', headers })
const shown = async (id: string) => (await browser(`/api/pictures/${id}`)).status

it('two that change places are both kept, and one that stands twice until nothing names it', async () => {
  const [one, two] = [await upload(), await upload()]
  expect(await signUp('tea', { front: one, back: two })).toBe(201)
  expect(await signUp('tea', { front: two, back: one })).toBe(200)
  expect([await shown(one), await shown(two)]).toEqual([200, 200])
  expect(await signUp('tea', { front: one, back: one })).toBe(200)
  expect([await shown(one), await shown(two)]).toEqual([200, 404])
  expect(await signUp('tea', { front: one })).toBe(200)
  expect(await shown(one)).toBe(200)
  await withdraw('tea')
  expect(await shown(one)).toBe(404)
})

it('one of two articles is kept until both are withdrawn', async () => {
  const id = await upload()
  expect([await signUp('tea', { front: id }), await signUp('coffee', { back: id })]).toEqual([201, 201])
  await withdraw('tea')
  expect(await shown(id)).toBe(200)
  await withdraw('coffee')
  expect(await shown(id)).toBe(404)
})

it('answers that are refused keep no picture: nobody gets room for more that way', async () => {
  const kept: string[] = []
  for (let n = 0; n < 10; n++) {
    kept.push(await upload())
    expect(await signUp('tea', { front: kept.at(-1), back: 'x'.repeat(24) })).toBe(400)
  }
  const more = await browser('/api/pictures', { method: 'POST', headers, body: new Uint8Array(jpeg) })
  expect(await more.json()).toMatchObject({ status: 409, code: 'too_many_pictures' })
  expect(await signUp('tea', { front: kept[0] })).toBe(201)
  server.forward(86_401)
  expect(await shown(String(kept[0]))).toBe(200)
})
