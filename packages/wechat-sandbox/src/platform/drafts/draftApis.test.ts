import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { articleSchema } from '../articles/article.ts'
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
const draft = (name: string, body: object = {}) => api.post(`/cgi-bin/draft/${name}`, body)
const add = (...articles: object[]) => draft('add', { articles })

describe('drafts', () => {
  it('are added, read, changed, counted, listed and deleted [draft-box]', async () => {
    const { media_id } = await add(article({ author: 'Lin', show_cover_pic: '1' }), article({ title: 'B' }))
    const read = await draft('get', { media_id })
    expect(read).toEqual({
      news_item: [
        expect.objectContaining({
          ...{ article_type: 'news', title: 'A', author: 'Lin', digest: 'c', content: '<p>c</p>' },
          ...{ content_source_url: '', thumb_media_id: cover, show_cover_pic: 1, need_open_comment: 0 },
          thumb_url: `${api.platform.url}/mmbiz/${cover}`,
          url: `${api.platform.url}/s/${String(media_id)}/1`,
        }),
        expect.objectContaining({ title: 'B' }),
      ],
      create_time: 1_760_000_000,
      update_time: 1_760_000_000,
    })
    api.forward(60)
    const change = { media_id, index: 1, articles: article({ title: 'C' }) }
    expect(await draft('update', change)).toEqual({ errcode: 0, errmsg: 'ok' })
    const { media_id: newer } = await add(article({ title: 'D' }))
    expect(await api.get('/cgi-bin/draft/count')).toEqual({ total_count: 2 })
    expect(await draft('batchget', { offset: 1, count: 1, no_content: 1 })).toMatchObject({
      total_count: 2,
      item_count: 1,
      item: [{ content: { news_item: [{ content: '' }, {}] }, update_time: 1_760_000_060 }],
    })
    expect(await draft('delete', { media_id: newer })).toEqual({ errcode: 0, errmsg: 'ok' })
    for (const [name, body] of [
      ['get', { media_id: newer }],
      ['delete', { media_id: newer }],
      ['update', { ...change, media_id: newer }],
    ] as const)
      expect(await draft(name, body)).toMatchObject({ errcode: 40007 })
    expect(await draft('batchget', {})).toMatchObject({
      item: [{ media_id, content: { news_item: [{ title: 'A' }, { title: 'C' }] } }],
    })
  })

  it('have no article at a place that is not there [draft-index]', async () => {
    const { media_id } = await add(article())
    expect(await draft('update', { media_id, index: 1, articles: article() })).toMatchObject({
      errcode: 40114,
    })
  })

  it('are switched on [draft-switch]', async () => {
    expect(await api.post('/cgi-bin/draft/switch', '', { checkonly: '1' })).toMatchObject({
      errcode: 0,
      is_open: 1,
    })
  })

  it('are kept up to a number of bytes; the oldest go first', () => {
    const articles = [articleSchema.parse({ content: 'x'.repeat(1_000_000) })]
    const ids = Array.from({ length: 100 }, () => api.platform.drafts.add(articles))
    const kept = ids.filter((id) => api.platform.drafts.get(id))
    expect(kept).toEqual(ids.slice(-kept.length))
    expect(kept.length).toBeLessThan(40)
  })
})
