import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { afterFirstRead } from '../../testing/afterFirstRead.ts'
import { logIn } from '../../testing/loginSteps.ts'
import { expectProblem, startTestServer, type Browser, type TestServer } from '../../testing/testServer.ts'

const ORIGIN = 'https://h5.example.com'
const CLOSES = Date.now() + 30 * 86_400_000
const FILE = `---
title: 品茶会
summary: 周六下午
publishedAt: 2026-11-01
signup:
  places: 2
  closesAt: ${new Date(CLOSES + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00
  fields:
    - { name: name, label: 姓名, type: text, required: true, max: 40 }
    - { name: phone, label: 手机, type: phone, required: true }
    - { name: agree, label: 同意活动须知, type: consent, required: true }
---
来吧。
`
const SIGNUP = '/api/articles/tea/signup'
const LIST = '/api/admin/articles/tea/signups'
const good = { name: '张三', phone: '13800138000', agree: true }

let folder: string
let server: TestServer
let owner: { browser: Browser; openid: string }
let guest: { browser: Browser; openid: string }
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'articles-'))
  writeFileSync(join(folder, 'tea.md'), FILE)
  writeFileSync(join(folder, 'plain.md'), FILE.replace(/signup:.*?---/s, '---'))
  writeFileSync(join(folder, 'free.md'), FILE.replaceAll(', required: true', ''))
  server = await startTestServer({ articles: folder })
  owner = await person(0)
  guest = await person(1)
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

async function person(which: number) {
  const { browser, userOf } = await logIn(server, server.browser(), which)
  return { browser, openid: String(((await userOf()) as { openid: string }).openid) }
}
const put = (fields: unknown, more: Record<string, string> = {}): RequestInit => ({
  method: 'PUT',
  headers: { 'content-type': 'application/json', origin: ORIGIN, ...more },
  body: JSON.stringify({ fields }),
})
const remove = { method: 'DELETE', headers: { origin: ORIGIN } }
const json = async (answer: Promise<Response>): Promise<unknown> => (await answer).json()

describe('a sign-up', () => {
  it('is told with the article, and by itself', async () => {
    const browser = server.browser()
    expect(await json(browser(SIGNUP))).toEqual({ open: true, places: 2, taken: 0, mine: null })
    expect(await json(browser('/api/articles/tea'))).toMatchObject({ signup: { places: 2 } })
    await expectProblem(await browser('/api/articles/plain/signup'), 404, 'signup_not_found')
    await expectProblem(await browser('/api/articles/nothing/signup'), 404, 'signup_not_found')
  })

  it('asks for a login, and not before it is needed', async () => {
    const browser = server.browser()
    await expectProblem(await browser(SIGNUP, put(good)), 401, 'login_required')
    await expectProblem(await browser(SIGNUP, remove), 401, 'login_required')
  })

  it('is made, changed and withdrawn', async () => {
    const made = await guest.browser(SIGNUP, put(good))
    expect(made.status).toBe(201)
    expect(await made.json()).toMatchObject({ fields: good, createdAt: expect.any(String) })
    const changed = await guest.browser(SIGNUP, put({ ...good, name: '张三丰' }))
    expect(changed.status).toBe(200)
    expect(await json(guest.browser(SIGNUP))).toMatchObject({
      taken: 1,
      mine: { fields: { name: '张三丰' } },
    })
    expect((await guest.browser(SIGNUP, remove)).status).toBe(204)
    expect(await json(guest.browser(SIGNUP))).toMatchObject({ taken: 0, mine: null })
  })

  it.each([
    ['zh-CN', '最多 40 个字', '请先勾选同意'],
    ['en', 'At most 40 characters', 'Please agree to this first'],
  ])('says in the reader’s language what does not fit: %s', async (language, long, consent) => {
    const answer = await guest.browser(
      SIGNUP,
      put({ name: 'x'.repeat(41), phone: '1', agree: false, isAdmin: 1 }, { 'accept-language': language }),
    )
    const problem = await answer.json()
    expect(answer.status).toBe(400)
    expect(problem).toMatchObject({ code: 'invalid_fields', errors: { name: long, agree: consent } })
    expect(Object.keys(problem.errors).sort()).toEqual(['agree', 'isAdmin', 'name', 'phone'])
  })

  it.each<[string, RequestInit]>([
    ['no body', { method: 'PUT', headers: { origin: ORIGIN } }],
    ['a list', { ...put({}), body: '[]' }],
    ['no fields', { ...put({}), body: '{}' }],
    ['a text as fields', put('x')],
    ['a list as fields', put([])],
    ['null as fields', put(null)],
  ])('is refused like a form with mistakes when it is sent %s', async (_case, init) => {
    for (const [slug, errors] of [
      ['tea', ['agree', 'name', 'phone']],
      ['free', []],
    ] as const) {
      const answer = await guest.browser(`/api/articles/${slug}/signup`, init)
      const problem = await answer.json()
      expect([answer.status, problem.code]).toEqual([400, 'invalid_fields'])
      expect(Object.keys(problem.errors).sort()).toEqual(errors)
    }
  })

  it('is not taken from another site', async () => {
    const answer = await guest.browser(SIGNUP, put(good, { origin: 'https://evil.example' }))
    expect(answer.status).toBe(403)
  })

  it('that is under way while the person is forgotten is not kept', async () => {
    const [phone, desk] = [await person(2), await person(2)]
    const restore = afterFirstRead(server.store, () => desk.browser('/api/me', remove))
    const answer = await phone.browser(SIGNUP, put(good))
    restore()
    expect(await answer.json()).toMatchObject({ status: 401, detail: expect.stringContaining('meanwhile') })
    expect(await json(server.browser()(SIGNUP))).toMatchObject({ taken: 0 })
  })

  it('ends', async () => {
    const seconds = (CLOSES - Date.now()) / 1000 + 1
    server.forward(seconds)
    const late = await person(1)
    expect(await json(late.browser(SIGNUP))).toMatchObject({ open: false })
    await expectProblem(await late.browser(SIGNUP, put(good)), 409, 'signup_closed')
    server.forward(-seconds)
  })
})

describe('the list', () => {
  it('is for those who are named', async () => {
    const { browser } = await person(1)
    for (const address of [LIST, `${LIST}.csv`]) {
      await expectProblem(await server.browser()(address), 401, 'login_required')
      await expectProblem(await browser(address), 403, 'admin_only')
    }
  })

  it('has everybody, as JSON and as a table', async () => {
    const { browser, openid } = await person(1)
    await browser(SIGNUP, put({ ...good, name: '=1+1' }))
    owner = await person(0)
    expect(await json(owner.browser(LIST))).toEqual([
      {
        openid,
        fields: { ...good, name: '=1+1' },
        createdAt: expect.any(String),
        updatedAt: expect.any(String),
      },
    ])
    const csv = await owner.browser(`${LIST}.csv`)
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(csv.headers.get('content-disposition')).toBe('attachment; filename=tea.csv')
    const bytes = Buffer.from(await csv.arrayBuffer())
    expect(bytes.subarray(0, 3).toString('hex')).toBe('efbbbf')
    expect(bytes.toString()).toContain("'=1+1,13800138000,✓,")
    await browser(SIGNUP, remove)
  })
})

describe('what somebody left is deleted', () => {
  it.each(['unsubscribe', 'user_authorization_cancellation', 'user_authorization_revoke'] as const)(
    'with the event %s',
    async (event) => {
      const { browser } = await person(0)
      expect((await browser(SIGNUP, put(good))).status).toBe(201)
      const sender = server.platform.people[0]
      const more = event === 'user_authorization_revoke' ? { revokeInfo: '205' } : {}
      await server.platform.push.send(sender, { msgType: 'event', event, ...more })
      await expect.poll(() => json(server.browser()(SIGNUP))).toMatchObject({ taken: 0 })
    },
  )

  it('by the person', async () => {
    const { browser } = await person(0)
    expect((await browser(SIGNUP, put(good))).status).toBe(201)
    expect((await browser('/api/me', { method: 'DELETE', headers: { origin: ORIGIN } })).status).toBe(204)
    expect(await json(server.browser()(SIGNUP))).toMatchObject({ taken: 0, mine: null })
  })
})
