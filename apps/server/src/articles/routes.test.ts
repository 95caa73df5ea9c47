// The demo as a browser, a crawler and a follower meet it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectProblem, startTestServer, type TestServer } from '../testing/testServer.ts'

describe('over HTTP', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer()
  })
  afterAll(() => server.close())
  const get = (path: string) => fetch(server.url + path, { redirect: 'manual' })

  it('lists and shows them', async () => {
    const list = await (await get('/api/articles')).json()
    expect(Object.keys(list[0]).sort()).toEqual(['cover', 'lang', 'publishedAt', 'slug', 'summary', 'title'])
    const one = await (await get(`/api/articles/${list[0].slug}`)).json()
    expect(one).toMatchObject(list[0])
    expect(one.html).toContain('<p>')
  })

  it.each(['nothing', '__proto__', '..%2F..%2Fpackage', 'constructor'])('%s is 404', async (slug) => {
    await expectProblem(await get(`/api/articles/${slug}`), 404, 'article_not_found')
  })

  it('carries title, description and picture', async () => {
    const html = await (await get('/articles/first-share-card')).text()
    expect(html).toContain('<title>从零到第一张分享卡片</title>')
    expect(html).toContain(
      '<meta property="og:image" content="https://h5.example.com/covers/first-share-card.jpg">',
    )
    expect(html).toMatch(/<meta property="og:description" content="[^"]{10,}">/)
  })

  it('an unknown article is 404, with the app to say so', async () => {
    const response = await get('/articles/nothing')
    expect(response.status).toBe(404)
    expect(response.headers.get('content-type')).toMatch(/^text\/html/)
  })

  it('a path that cannot be decoded is 400', async () =>
    expectProblem(await get('/api/articles/%E0%A4%A'), 400, 'bad_request'))
})

describe.each(['plain', 'compatible', 'safe'] as const)('in the conversation, in %s mode', (mode) => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer({ mode })
  })
  afterAll(() => server.close())
  const person = () => server.platform.people[0]

  it('a new follower gets a card of the newest article', async () => {
    const { reply, problem } = await server.platform.push.send(person(), {
      msgType: 'event',
      event: 'subscribe',
    })
    const [newest] = await (await fetch(`${server.url}/api/articles`)).json()
    expect(problem).toBeUndefined()
    expect(reply).toMatchObject({
      msgType: 'news',
      articles: [
        {
          title: newest.title,
          description: newest.summary,
          picUrl: new URL(newest.cover, 'https://h5.example.com').href,
          url: `https://h5.example.com/articles/${newest.slug}`,
        },
      ],
    })
  })

  it('a text searches the articles, and is told what there is when nothing fits', async () => {
    const [article] = await (await fetch(`${server.url}/api/articles`)).json()
    const word = article.title.slice(0, 4)
    const found = await server.platform.push.send(person(), { msgType: 'text', content: word })
    expect(found.reply).toMatchObject({ msgType: 'news', articles: [{ title: article.title }] })
    const nothing = await server.platform.push.send(person(), { msgType: 'text', content: 'zzz]]><x>' })
    expect(nothing.reply).toMatchObject({ msgType: 'text', content: expect.stringContaining(article.title) })
  })
})
