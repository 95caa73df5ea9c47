import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { png, startTestApi, type TestApi } from '../testApi.testing.ts'

let api: TestApi
beforeEach(async () => void (api = await startTestApi()))
afterEach(() => api.close())

const add = (type: string, file: File, form?: Record<string, string>) =>
  api.upload('/cgi-bin/material/add_material', file, { query: { type }, ...(form ? { form } : {}) })
const getMaterial = (media_id: unknown) => {
  const { access_token } = api.platform.tokens.issueStable(false)
  const path = `/cgi-bin/material/get_material?access_token=${access_token}`
  return api.fetch(path, { method: 'POST', body: JSON.stringify({ media_id }) })
}
const list = (type: string, more: object = {}) =>
  api.post('/cgi-bin/material/batchget_material', { type, offset: 0, count: 20, ...more })
const mp4 = () => new File(['0000ftypisom'], 'film.mp4', { type: 'video/mp4' })

describe('the library', () => {
  it('keeps pictures with an address, and gives files back as they are, also after years [material-stays]', async () => {
    const { media_id, url } = await add('image', png())
    expect(await (await fetch(String(url))).bytes()).toEqual(await png().bytes())
    api.forward(366 * 86_400)
    const file = await getMaterial(media_id)
    expect(file.headers.get('content-type')).toBe('image/png')
    expect(await file.bytes()).toEqual(await png().bytes())
    expect(await add('thumb', png())).toEqual({ media_id: expect.any(String) })
  })

  it('gives a video as title, description and address [material-stays]', async () => {
    const description = JSON.stringify({ title: 'T', introduction: 'D' })
    const { media_id, ...rest } = await add('video', mp4(), { description })
    expect(rest).toEqual({})
    const answer = (await (await getMaterial(media_id)).json()) as Record<string, string>
    expect(answer).toEqual({ title: 'T', description: 'D', down_url: expect.any(String) })
    expect(await (await fetch(answer['down_url'] ?? '')).text()).toBe('0000ftypisom')
    expect(await add('video', mp4(), { description: '{"title":' })).toMatchObject({ errcode: 47001 })
  })

  it('lists and counts by kind, the newest first [material-lists] [material-list-details]', async () => {
    const names = ['a.png', 'b.png', 'c.png']
    for (const name of names) await add('image', png(100, name))
    await add('thumb', png(100, 'd.png'))
    await add('voice', new File(['#!AMR'], 'v.amr'))
    await api.upload('/cgi-bin/media/uploadimg', png())
    expect(await list('image', { offset: 1, count: 2 })).toEqual({
      total_count: 4,
      item_count: 2,
      item: ['c.png', 'b.png'].map((name) => ({
        media_id: expect.any(String),
        name,
        update_time: 1_760_000_000,
        url: expect.stringContaining('/mmbiz/'),
      })),
    })
    expect(await list('voice')).toMatchObject({ total_count: 1, item: [{ name: 'v.amr' }] })
    expect(await list('news')).toEqual({ total_count: 0, item_count: 0, item: [] })
    expect(await list('poem')).toMatchObject({ errcode: 40004 })
    for (const count of [0, 21]) expect(await list('image', { count })).toMatchObject({ errcode: 40097 })
    const counts = { voice_count: 1, video_count: 0, image_count: 4, news_count: 0 }
    expect(await api.get('/cgi-bin/material/get_materialcount')).toEqual(counts)
    expect(await api.post('/cgi-bin/material/get_materialcount', {})).toEqual(counts)
  })

  it('forgets what is deleted', async () => {
    const { media_id, url } = await add('image', png())
    const remove = () => api.post('/cgi-bin/material/del_material', { media_id })
    expect(await remove()).toEqual({ errcode: 0, errmsg: 'ok' })
    expect(await remove()).toMatchObject({ errcode: 40007 })
    expect(await (await getMaterial(media_id)).json()).toMatchObject({ errcode: 40007 })
    expect((await fetch(String(url))).status).toBe(404)
  })

  it('takes no articles any more [material-no-news]', async () => {
    for (const name of ['add_news', 'update_news'])
      expect(await api.post(`/cgi-bin/material/${name}`, { articles: [] })).toMatchObject({ errcode: 45106 })
  })

  it('is for verified accounts, like drafts and publishing [library-verified]', async () => {
    api.platform.switches.set('account', 'unverified')
    expect(await add('image', png())).toMatchObject({ errcode: 48001 })
    for (const path of ['material/batchget_material', 'draft/batchget', 'freepublish/batchget'])
      expect(await api.post(`/cgi-bin/${path}`, { type: 'image' })).toMatchObject({ errcode: 48001 })
  })

  it('is kept up to a number of bytes; the oldest go first', () => {
    const { materials } = api.platform
    const ids = Array.from({ length: 60 }, () =>
      materials.add({ type: 'image', name: 'x', contentType: 'image/png', bytes: Buffer.alloc(5_000_000) }),
    )
    const kept = ids.filter((id) => materials.get(id))
    expect(kept.length * 5_000_000).toBeLessThanOrEqual(64_000_000)
    expect(kept).toEqual(ids.slice(-kept.length))
    expect(kept.length).toBeGreaterThan(5)
  })
})
