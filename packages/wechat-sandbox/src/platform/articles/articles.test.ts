import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { png, startTestApi, type TestApi } from '../testApi.testing.ts'

let api: TestApi
let cover: string
beforeEach(async () => {
  api = await startTestApi()
  const { media_id } = await api.upload('/cgi-bin/material/add_material', png(), { query: { type: 'image' } })
  cover = String(media_id)
})
afterEach(() => api.close())

const article = (change: object = {}) => ({
  title: 'A',
  content: '<p>c</p>',
  thumb_media_id: cover,
  ...change,
})
const add = (...articles: object[]) => api.post('/cgi-bin/draft/add', { articles })
const firstOf = async (...articles: object[]) => {
  const { media_id } = await add(...articles)
  const { news_item } = (await api.post('/cgi-bin/draft/get', { media_id })) as { news_item: [Item] }
  return news_item[0]
}
interface Item {
  url: string
  content: string
  digest: string
}

describe('an article', () => {
  it.each([
    [44003, []],
    [45008, Array.from({ length: 9 }, () => ({}))],
    [45003, [{ title: '' }]],
    [45003, [{ title: '好'.repeat(65) }]],
    [45110, [{ author: '好'.repeat(17) }]],
    [45004, [{ digest: '好'.repeat(129) }]],
    [45166, [{ content: '' }]],
    [45002, [{ content: 'x'.repeat(20_000) }]],
    [undefined, [{ title: '好'.repeat(64), author: '好'.repeat(16), content: 'x'.repeat(19_999) }, {}]],
  ])('has limits: errcode %s [article-limits]', async (errcode, changes) => {
    const answer = await add(...changes.map((change) => article(change)))
    expect(answer['errcode']).toBe(errcode)
  })

  it('has a cover of the library, or pictures of it [article-cover]', async () => {
    const temporary = await api.upload('/cgi-bin/media/upload', png(), { query: { type: 'thumb' } })
    for (const thumb_media_id of ['', 'x', temporary['thumb_media_id']])
      expect(await add(article({ thumb_media_id }))).toMatchObject({ errcode: 40007 })
    const pictures = (id: string) => ({
      ...{ article_type: 'newspic', thumb_media_id: '' },
      image_info: { image_list: [{ image_media_id: id }] },
    })
    expect(await add(article(pictures('x')))).toMatchObject({ errcode: 40007 })
    const { url } = await firstOf(article(pictures(cover)))
    expect(await (await fetch(url)).text()).toContain(`<img src="${api.platform.url}/mmbiz/${cover}"`)
  })

  it('loses scripts and pictures from elsewhere [article-clean]', async () => {
    const { url } = await api.upload('/cgi-bin/media/uploadimg', png())
    const { content } = await firstOf(
      article({
        content:
          `<p onclick="steal()">a</p><script>steal()</script><img src="https://example.com/x.png" alt="x">` +
          `<img src="${String(url)}"><img src='http://mmbiz.qpic.cn/a/0'><script>never closed`,
      }),
    )
    expect(content).toBe(
      `<p>a</p><img alt="x"><img src="${String(url)}"><img src='http://mmbiz.qpic.cn/a/0'>`,
    )
  })

  it('without a digest begins with its text [article-digest]', async () => {
    const long = await firstOf(article({ content: `<p>${'好'.repeat(40)}</p>\n<p>${'吗'.repeat(40)}</p>` }))
    expect(long.digest).toBe(`${'好'.repeat(40)} ${'吗'.repeat(13)}`)
    expect((await firstOf(article({ digest: 'mine' }))).digest).toBe('mine')
  })

  it('has a page on which nothing runs [article-page]', async () => {
    const { url } = await firstOf(
      article({
        title: '<b>',
        author: '"Lin"',
        content: '<p>text</p>',
        content_source_url: 'javascript:steal()',
      }),
    )
    const page = await fetch(url)
    const policy = page.headers.get('content-security-policy') ?? ''
    expect(policy).toMatch(/(^|; *)sandbox(?![^;]*allow-(scripts|forms|top-navigation))/)
    expect(policy).toContain("default-src 'none'")
    const html = await page.text()
    expect(html).toContain('<h1>&#60;b&#62;</h1>')
    expect(html).toContain('<p>text</p>')
    expect(html).not.toContain('javascript:')
    expect((await fetch(url.replace(/1$/, '2'))).status).toBe(404)
  })
})
