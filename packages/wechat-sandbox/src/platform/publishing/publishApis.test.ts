import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { png, startTestApi, type TestApi } from '../testApi.testing.ts'
import { startTestSite, type TestSite } from '../testSite.testing.ts'

let api: TestApi
let site: TestSite
let cover: string
beforeEach(async () => {
  site = await startTestSite()
  api = await startTestApi({ push: { url: site.url } })
  const { media_id } = await api.upload('/cgi-bin/material/add_material', png(), { query: { type: 'image' } })
  cover = String(media_id)
})
afterEach(async () => {
  await api.close()
  site.close()
})

const publish = (name: string, body: object = {}) => api.post(`/cgi-bin/freepublish/${name}`, body)
async function addDraft(...titles: string[]): Promise<string> {
  const articles = titles.map((title) => ({ title, content: `<p>${title}</p>`, thumb_media_id: cover }))
  return String((await api.post('/cgi-bin/draft/add', { articles }))['media_id'])
}

describe('publishing', () => {
  it('makes pages of a draft, and tells the server where they are [publish-result] [draft-leaves] [publish-at-once]', async () => {
    const media_id = await addDraft('One', 'Two')
    const submitted = await publish('submit', { media_id })
    expect(submitted).toMatchObject({ errcode: 0, errmsg: 'ok', publish_id: expect.stringMatching(/^\d+$/) })
    const { publish_id } = submitted
    const result = await publish('get', { publish_id })
    const { article_id, article_detail } = result as {
      article_id: string
      article_detail: { count: number; item: { idx: number; article_url: string }[] }
    }
    expect(result).toEqual({ publish_id, publish_status: 0, article_id, article_detail, fail_idx: [] })
    expect(article_detail).toMatchObject({ count: 2, item: [{ idx: 1 }, { idx: 2 }] })
    const addresses = article_detail.item.map(({ article_url }) => article_url)
    expect(await (await fetch(addresses[1] ?? '')).text()).toContain('<p>Two</p>')
    await expect.poll(site.events).toEqual(['PUBLISHJOBFINISH'])
    const cdata = (text = '') => `<![CDATA[${text}]]>`
    expect(site.pushed[0]).toContain(`<FromUserName>${cdata('mphelper')}</FromUserName>`)
    expect(site.pushed[0]).toContain(
      `<PublishEventInfo><publish_id>${String(publish_id)}</publish_id><publish_status>0</publish_status>` +
        `<article_id>${cdata(article_id)}</article_id><article_detail><count>2</count>` +
        `<item><idx>1</idx><article_url>${cdata(addresses[0])}</article_url></item>` +
        `<item><idx>2</idx><article_url>${cdata(addresses[1])}</article_url></item></article_detail></PublishEventInfo>`,
    )
    expect(await publish('submit', { media_id })).toMatchObject({ errcode: 40007 })
    expect(await api.get('/cgi-bin/draft/count')).toEqual({ total_count: 0 })
    expect(await publish('get', { publish_id: Number(publish_id) })).toMatchObject({ publish_status: 0 })
    expect(await publish('get', { publish_id: '1' })).toMatchObject({ errcode: 40097 })
  })

  it('can fail, and the draft stays [publish-result]', async () => {
    const media_id = await addDraft('One', 'Two')
    api.platform.switches.set('publishing', 'review refused')
    const { publish_id } = await publish('submit', { media_id })
    expect(await publish('get', { publish_id })).toEqual({ publish_id, publish_status: 4, fail_idx: [1, 2] })
    await expect.poll(() => site.pushed.join('')).toContain('<fail_idx>1</fail_idx><fail_idx>2</fail_idx>')
    expect(site.pushed[0]).not.toContain('article_id')
    api.platform.switches.set('publishing', 'published')
    expect(await publish('submit', { media_id })).toMatchObject({ errcode: 0 })
  })

  it('fails in a test account [publish-test-account]', async () => {
    api.platform.switches.set('account', 'test')
    const { publish_id } = await publish('submit', { media_id: await addDraft('One') })
    expect(await publish('get', { publish_id })).toMatchObject({ publish_status: 3, fail_idx: [1] })
  })

  it('is listed, read and taken back [publish-delete] [publish-errcodes]', async () => {
    const { publish_id } = await publish('submit', { media_id: await addDraft('One', 'Two') })
    const { article_id } = await publish('get', { publish_id })
    const news_item = [
      { title: 'One', is_deleted: false },
      { title: 'Two', is_deleted: false },
    ]
    expect(await publish('getarticle', { article_id })).toMatchObject({ news_item })
    expect(await publish('batchget', { no_content: 1 })).toMatchObject({
      total_count: 1,
      item: [{ article_id, content: { news_item: [{ content: '' }, {}] } }],
    })
    expect(await publish('delete', { article_id, index: 3 })).toMatchObject({ errcode: 40060 })
    expect(await publish('delete', { article_id, index: 2 })).toEqual({ errcode: 0, errmsg: 'ok' })
    const { news_item: left } = (await publish('getarticle', { article_id })) as {
      news_item: { url: string; is_deleted: boolean }[]
    }
    expect(left.map(({ is_deleted }) => is_deleted)).toEqual([false, true])
    expect(await (await fetch(left[1]?.url ?? '')).text()).toContain('该内容已被发布者删除')
    expect(await publish('delete', { article_id })).toMatchObject({ errcode: 0 })
    expect(await publish('batchget')).toMatchObject({ total_count: 0 })
    expect(await publish('get', { publish_id })).toMatchObject({ publish_status: 5 })
    for (const name of ['delete', 'getarticle'])
      expect(await publish(name, { article_id: 'x' })).toMatchObject({ errcode: 53600 })
  })
})
