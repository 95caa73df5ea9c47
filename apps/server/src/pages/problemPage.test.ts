// What the server itself says to people: pages of this site, in their language.
import express from 'express'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { answerErrorsAs, notFound } from 'starter-server/problem'
import { startTestServer, type TestServer } from '../testing/testServer.ts'
import { createProblemPage } from './problemPage.ts'
import { SITE_SHORT_NAME } from './siteDefaults.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const open = async (path: string, language: string) => {
  const headers = { accept: 'text/html,*/*;q=0.8', 'accept-language': language }
  const response = await fetch(server.url + path, { headers })
  return { response, html: await response.text() }
}
const REFUSED = `/api/wechat/oauth/callback?code=abc&state=${'0'.repeat(32)}`

it.each([
  [REFUSED, 400, 'zh-CN', '登录没有成功', '重新登录', '重试'],
  [REFUSED, 400, 'en-GB', 'This login cannot go on', 'Start the login again', 'Try again'],
  ['/no.png', 404, 'zh-TW,en;q=0.5', '页面不存在', '可能已被移走', '回到首页'],
  ['/no.png', 404, 'en,zh;q=0.5', 'Not found', 'Nothing answers', 'Back to the start'],
])('%s is %i, for who reads %s: %s', async (path, status, language, title, text, button) => {
  const { response, html } = await open(path, language)
  expect(response.status).toBe(status)
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(html).toContain(`<html lang="${language.startsWith('zh') ? 'zh-CN' : 'en'}">`)
  expect(html).toContain(`<h1>${title}</h1>`)
  expect(html).toContain(text)
  expect(html).toContain(`>${button}</a>`)
  // The bar and the foot of the site.
  expect(html).toContain(`${SITE_SHORT_NAME}</a>`)
  expect(html).toContain('<footer class="footer">')
})

it('what WeChat refused is explained by its hint in that language', async () => {
  const browser = server.browser()
  const started = await browser('/api/wechat/oauth/authorize?returnTo=/me')
  const state = new URL(started.headers.get('location') ?? '').searchParams.get('state') ?? ''
  const answer = await browser(`/api/wechat/oauth/callback?code=nonsense&state=${state}`, {
    headers: { accept: 'text/html', 'accept-language': 'zh-CN' },
  })
  const html = await answer.text()
  expect(html).toContain('<code>wechat_40029</code>')
  expect(html).toContain('重新登录')
  expect(html).not.toContain('nonsense')
})

it('programs get what they always got', async () => {
  const response = await fetch(server.url + REFUSED, { headers: { 'accept-language': 'zh-CN' } })
  expect(await response.json()).toMatchObject({ code: 'invalid_state', hint: '请回到刚才的页面，重新登录。' })
})

it('writes what a stranger sent as text, and runs nothing', async () => {
  const { html } = await open('/api/%3Cscript%3Ealert(1)', 'en')
  expect(html).not.toContain('<script')
})

async function drawnWith(template: () => Promise<string>): Promise<string> {
  const app = express().use(notFound, answerErrorsAs(createProblemPage({ template })))
  const running = app.listen(0)
  try {
    const address = running.address()
    const port = typeof address === 'object' && address ? address.port : 0
    return await (await fetch(`http://127.0.0.1:${port}/`, { headers: { accept: 'text/html' } })).text()
  } finally {
    running.close()
  }
}

it('has the styles of the build and not its app', async () => {
  const html = await drawnWith(
    async () =>
      '<html lang="zh-CN"><head><!--page--><script type="module" crossorigin src="/a.js"></script>' +
      '<link rel="modulepreload" crossorigin href="/b.js"><link rel="stylesheet" href="/c.css"></head><body><!--shell--></body>',
  )
  expect(html).toContain('/c.css')
  expect(html).not.toMatch(/a\.js|b\.js/)
})

it('where the pages themselves cannot be drawn there is a plain one', async () => {
  const html = await drawnWith(() => Promise.reject(new Error('gone')))
  expect(html).toContain('<h1>Not found</h1>')
  expect(html).not.toContain('gone')
})
