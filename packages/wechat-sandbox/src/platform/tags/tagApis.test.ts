import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startTestApi, type TestApi } from '../testApi.testing.ts'
import { startTestSite, type TestSite } from '../testSite.testing.ts'

let api: TestApi
let site: TestSite
beforeEach(async () => {
  site = await startTestSite()
  api = await startTestApi({ push: { url: site.url } })
})
afterEach(async () => {
  await api.close()
  site.close()
})

const ok = { errcode: 0, errmsg: 'ok' }
const person = () => api.platform.people[0]
const openid = () => api.platform.identities.openidOf(person())
const friend = () => api.platform.identities.openidOf(api.platform.identities.person('amu'))
const stranger = () => api.platform.identities.openidOf(api.platform.identities.person('lin'))
const tags = (path: string, body: object) => api.post(`/cgi-bin/tags/${path}`, body)
const create = async (name: string) =>
  ((await tags('create', { tag: { name } }))['tag'] as { id: number } | undefined)?.id ?? 0
const give = (tagid: unknown, openid_list: string[]) => tags('members/batchtagging', { openid_list, tagid })
const info = (id: string) => api.get('/cgi-bin/user/info', { openid: id })

describe('tags', () => {
  it('are made, given, listed and taken away again', async () => {
    expect(await tags('create', { tag: { name: '广东' } })).toEqual({ tag: { id: 100, name: '广东' } })
    expect(await give(100, [openid(), friend()])).toEqual(ok)
    expect(await tags('getidlist', { openid: openid() })).toEqual({ tagid_list: [100] })
    expect(await info(openid())).toMatchObject({ tagid_list: [100], groupid: 100 })
    expect(await api.post('/cgi-bin/user/tag/get', { tagid: '100', next_openid: openid() })).toEqual({
      count: 1,
      data: { openid: [friend()] },
      next_openid: friend(),
    })
    expect(await tags('update', { tag: { id: '100', name: '广东人' } })).toEqual(ok)
    expect(await api.get('/cgi-bin/tags/get')).toEqual({
      tags: [
        { id: 2, name: '星标组', count: 0 },
        { id: 100, name: '广东人', count: 2 },
      ],
    })
    expect(await tags('members/batchuntagging', { openid_list: [openid()], tagid: 100 })).toEqual(ok)
    expect(await tags('getidlist', { openid: openid() })).toEqual({ tagid_list: [] })
    expect(await tags('delete', { tag: { id: 100 } })).toEqual(ok)
    expect(await info(friend())).toMatchObject({ tagid_list: [] })
    expect(await api.post('/cgi-bin/user/tag/get', { tagid: 100 })).toMatchObject({ errcode: 45159 })
  })

  it('have a name of their own, and there are 100 at most [tag-names]', async () => {
    await create('tea')
    const name = (text: string) => tags('create', { tag: { name: text } })
    expect(await name('tea')).toMatchObject({ errcode: 45157 })
    expect(await name('')).toMatchObject({ errcode: 45157 })
    expect(await name('一二三四五六七八九十')).toHaveProperty('tag')
    expect(await name('一二三四五六七八九十一')).toMatchObject({ errcode: 45158 })
    for (let at = 2; at < 100; at++) api.platform.tags.create(`tag ${at}`)
    expect(await name('one more')).toMatchObject({ errcode: 45056 })
  })

  it('are given to 50 followers at once, 20 to each [tag-members]', async () => {
    const id = await create('tea')
    expect(await give(id, Array(51).fill(openid()))).toMatchObject({ errcode: 40032 })
    expect(await give(id, [openid(), stranger()])).toMatchObject({ errcode: 40003 })
    expect(await info(openid())).toMatchObject({ tagid_list: [] })
    expect(await give(999, [openid()])).toMatchObject({ errcode: 45159 })
    for (let at = 0; at < 20; at++)
      api.platform.tags.give([openid()], api.platform.tags.create(`tag ${at}`).id)
    expect(await give(id, [openid()])).toMatchObject({ errcode: 45059 })
  })

  it("of WeChat's own cannot be changed, but given [tag-system]", async () => {
    for (const id of [0, 1, 2]) {
      expect(await tags('update', { tag: { id, name: 'x' } })).toMatchObject({ errcode: 45058 })
      expect(await tags('delete', { tag: { id } })).toMatchObject({ errcode: 45058 })
    }
    expect(await give(2, [openid()])).toEqual(ok)
  })

  it('are gone with who goes [tags-end-with-following]', async () => {
    const id = await create('tea')
    await give(id, [openid()])
    await api.platform.acts.unfollow(person())
    expect(await tags('getidlist', { openid: openid() })).toMatchObject({ errcode: 40003 })
    await api.platform.acts.follow(person())
    expect(await info(openid())).toMatchObject({ tagid_list: [], remark: '' })
  })
})

describe('the blacklist', () => {
  const black = (openid_list: string[]) => tags('members/batchblacklist', { openid_list })
  const white = (openid_list: string[]) => tags('members/batchunblacklist', { openid_list })
  const listed = () => tags('members/getblacklist', { begin_openid: '' })

  it('takes 20 followers at a time [blacklist-size]', async () => {
    expect(await listed()).toEqual({ total: 0, count: 0, next_openid: '' })
    expect(await black([openid()])).toEqual(ok)
    expect(await listed()).toEqual({
      total: 1,
      count: 1,
      data: { openid: [openid()] },
      next_openid: openid(),
    })
    expect(await black([stranger()])).toMatchObject({ errcode: 40003 })
    expect(await black(Array(21).fill(friend()))).toMatchObject({ errcode: 40032 })
    api.platform.followers.remove(openid())
    expect(await white([openid()])).toEqual(ok)
    expect(await listed()).toMatchObject({ total: 0 })
  })

  it('keeps people from being seen and heard [blacklist-unseen]', async () => {
    await black([openid()])
    expect(await api.get('/cgi-bin/user/get')).toMatchObject({ total: 1, data: { openid: [friend()] } })
    expect(await api.platform.acts.say(person(), 'hello?')).toMatchObject({
      deliveries: [],
      problem: undefined,
    })
    expect(site.pushed).toEqual([])
    await white([openid()])
    await api.platform.acts.say(person(), 'hello!')
    expect(site.pushed).toHaveLength(1)
  })
})

it('the older groups are tags of which everybody has one [groups-are-tags]', async () => {
  const groups = (path: string, body: object) => api.post(`/cgi-bin/groups/${path}`, body)
  expect(await groups('create', { group: { name: 'friends' } })).toEqual({
    group: { id: 100, name: 'friends' },
  })
  expect(await groups('members/update', { openid: openid(), to_groupid: 100 })).toEqual(ok)
  expect(await groups('getid', { openid: openid() })).toEqual({ groupid: 100 })
  expect(await groups('update', { group: { id: 100, name: 'old friends' } })).toEqual(ok)
  expect(await api.get('/cgi-bin/groups/get')).toEqual({
    groups: [
      { id: 0, name: '未分组', count: 1 },
      { id: 1, name: '黑名单', count: 0 },
      { id: 2, name: '星标组', count: 0 },
      { id: 100, name: 'old friends', count: 1 },
    ],
  })
  expect(await groups('members/batchupdate', { openid_list: [openid(), friend()], to_groupid: 2 })).toEqual(
    ok,
  )
  expect(await groups('getid', { openid: friend() })).toEqual({ groupid: 2 })
  expect(await groups('members/update', { openid: openid(), to_groupid: 0 })).toEqual(ok)
  expect(await groups('getid', { openid: openid() })).toEqual({ groupid: 0 })
  expect(await groups('delete', { group: { id: 100 } })).toEqual(ok)
  expect(await groups('members/update', { openid: stranger(), to_groupid: 0 })).toMatchObject({
    errcode: 40003,
  })
})
