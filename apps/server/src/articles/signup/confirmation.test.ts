// What people hear who signed up, in the conversation with the account.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createPlatform } from 'wechat-sandbox'
import { logIn } from '../../testing/loginSteps.ts'
import { startTestServer, type TestServer } from '../../testing/testServer.ts'

const ORIGIN = 'https://h5.example.com'
let server: TestServer
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'articles-'))
  const { templates } = createPlatform({ siteOrigin: ORIGIN }).account
  const idOf = (kind: string) => templates.find((one) => one.kind === kind)?.id ?? ''
  const article = (confirm: string) =>
    `---\ntitle: 一场品茶会，题目长过二十个字也不要紧因为会截短\nsummary: x\npublishedAt: 2026-11-01\nsignup:\n  confirm: ${confirm}\n  fields:\n    - { name: name, label: 姓名, type: text, required: true }\n---\n`
  writeFileSync(
    join(folder, 'order.md'),
    article(
      `{ kind: template, id: ${idOf('template')}, data: { character_string1: '{name}', amount2: '{title}', time3: '{time}' } }`,
    ),
  )
  writeFileSync(
    join(folder, 'notice.md'),
    article(`{ kind: subscribe, id: ${idOf('notice')}, data: { thing1: '{title}', time2: '{time}' } }`),
  )
  writeFileSync(join(folder, 'nobody.md'), article('{ kind: template, id: unknown, data: { thing1: x } }'))
  server = await startTestServer({ articles: folder })
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

const signUp = async (slug: string, which = 0, name = 'A-1') => {
  const { browser } = await logIn(server, server.browser(), which)
  const answer = await browser(`/api/articles/${slug}/signup`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', origin: ORIGIN },
    body: JSON.stringify({ fields: { name } }),
  })
  return answer.status
}
const openid = (which: number) =>
  server.platform.identities.openidOf(server.platform.people[which] ?? server.platform.people[0])
const heard = (which: number) => server.platform.conversations.of(openid(which))
const sent = (path: string) => server.platform.requests.get(path) ?? 0

it('a follower gets the template message, filled; once, and not again for a change', async () => {
  const before = heard(0).length
  expect(await signUp('order')).toBe(201)
  await expect.poll(() => heard(0).length).toBe(before + 1)
  expect(heard(0).at(-1)).toMatchObject({
    via: 'template',
    message: {
      url: `${ORIGIN}/articles/order`,
      fields: [
        { value: 'A-1' },
        { value: expect.stringMatching(/^一场品茶会/) },
        { value: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d$/) },
      ],
    },
  })
  expect(await signUp('order', 0, 'A-2')).toBe(200)
  expect(sent('/cgi-bin/message/template/send')).toBe(1)
})

it('a notice waits for the consent, and is cut to what WeChat takes', async () => {
  const before = heard(0).length
  expect(await signUp('notice')).toBe(201)
  await expect.poll(() => sent('/cgi-bin/message/subscribe/bizsend')).toBe(1)
  expect(heard(0)).toHaveLength(before)
  const template = server.platform.account.templates.find((one) => one.kind === 'notice')
  await server.platform.acts.answerSubscribe(server.platform.people[0], [
    { templateId: template?.id ?? '', status: 'accept' },
  ])
  await expect
    .poll(() => heard(0).at(-1))
    .toMatchObject({
      via: 'subscribe',
      message: {
        fields: [{ value: '一场品茶会，题目长过二十个字也不要紧因为' }, { value: expect.any(String) }],
      },
    })
})

it('the sign-up counts where no message can be sent, and the log names nobody', async () => {
  expect(await signUp('nobody')).toBe(201)
  await expect.poll(() => server.log()).toContain('a sign-up for nobody was kept, and not confirmed')
  expect(server.log()).not.toContain(openid(0))
})

it('who withdraws and signs up again and again gets five messages a day', async () => {
  const { browser } = await logIn(server, server.browser(), 1)
  const headers = { 'content-type': 'application/json', origin: ORIGIN }
  const before = sent('/cgi-bin/message/template/send')
  for (let n = 0; n < 8; n++) {
    const body = JSON.stringify({ fields: { name: 'A-1' } })
    expect((await browser('/api/articles/order/signup', { method: 'PUT', headers, body })).status).toBe(201)
    expect((await browser('/api/articles/order/signup', { method: 'DELETE', headers })).status).toBe(204)
  }
  await server.settled()
  expect(sent('/cgi-bin/message/template/send') - before).toBe(5)
  server.forward(86_401)
  expect(await signUp('order', 1)).toBe(201)
  await server.settled()
  expect(sent('/cgi-bin/message/template/send') - before).toBe(6)
})
