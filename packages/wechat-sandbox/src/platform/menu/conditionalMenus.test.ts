import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startTestApi, type TestApi } from '../testApi.testing.ts'

let api: TestApi
beforeEach(async () => void (api = await startTestApi()))
afterEach(() => api.close())

const ok = { errcode: 0, errmsg: 'ok' }
const view = (name: string) => ({ type: 'view', name, url: 'https://h5.example.com/' })
const menu = (path: string, body: object) => api.post(`/cgi-bin/menu/${path}`, body)
const add = (name: string, matchrule?: object) => menu('addconditional', { button: [view(name)], matchrule })
const openidOf = (id: string) => api.platform.identities.openidOf(api.platform.identities.person(id))
const tryMatch = async (user_id: string) => {
  const { button, ...rest } = await menu('trymatch', { user_id })
  return Array.isArray(button) ? button.map(({ name }: { name: string }) => name) : rest
}

describe('a menu that only some people see', () => {
  it('needs a default one [conditional-menus]', async () => {
    expect(await add('Tea', { tag_id: '2' })).toMatchObject({ errcode: 65303 })
  })

  it('counts for whom its rule fits, the newest first [conditional-menus]', async () => {
    await menu('create', { button: [view('All')] })
    const { id } = api.platform.tags.create('tea')
    api.platform.tags.give([openidOf('amu')], id)
    const { menuid } = await add('Tea', { tag_id: String(id) })
    expect(menuid).toMatch(/^\d+$/)
    expect(await tryMatch(openidOf('amu'))).toEqual(['Tea'])
    expect(await tryMatch('amu')).toEqual(['Tea'])
    expect(await tryMatch(openidOf('xiaoqing'))).toEqual(['All'])
    await add('Newer', { tag_id: id })
    expect(await tryMatch(openidOf('amu'))).toEqual(['Newer'])
    expect(await api.get('/cgi-bin/menu/get')).toMatchObject({
      menu: { button: [view('All')], menuid: expect.any(Number) },
      conditionalmenu: [
        { button: [view('Newer')], matchrule: { tag_id: id }, menuid: expect.any(Number) },
        { button: [view('Tea')] },
      ],
    })
    expect(await api.platform.acts.tapMenu(api.platform.identities.person('amu'), [0])).toMatchObject({
      button: { name: 'Newer' },
    })
    await menu('delconditional', { menuid })
    await api.get('/cgi-bin/menu/delete')
    await menu('create', { button: [view('All')] })
    expect(await tryMatch(openidOf('amu'))).toEqual(['All'])
  })

  it('may be for a system, which only a phone knows [conditional-menus]', async () => {
    await menu('create', { button: [view('All')] })
    await add('Android', { client_platform_type: '2' })
    const shown = (clientPlatform?: 1 | 2) => api.platform.menu.shownTo({ tags: [], clientPlatform })
    expect([shown(2), shown(1), shown()].map((buttons) => buttons?.[0]?.name)).toEqual([
      'Android',
      'All',
      'All',
    ])
  })

  it('has a rule, and none about private matters [conditional-rule]', async () => {
    await menu('create', { button: [view('All')] })
    expect(await add('x')).toMatchObject({ errcode: 65304 })
    expect(await add('x', { tag_id: '' })).toMatchObject({ errcode: 65304 })
    for (const [name, value] of Object.entries({
      sex: '1',
      country: '中国',
      city: '广州',
      language: 'zh_CN',
    }))
      expect(await add('x', { tag_id: 2, [name]: value })).toMatchObject({ errcode: 65320 })
  })

  it('is refused where it is wrong [conditional-mistakes]', async () => {
    await menu('create', { button: [view('All')] })
    expect(await menu('delconditional', { menuid: '1' })).toMatchObject({ errcode: 65301 })
    expect(await tryMatch(openidOf('lin'))).toMatchObject({ errcode: 65302 })
    expect(await tryMatch('nobody')).toMatchObject({ errcode: 65302 })
    expect(await menu('addconditional', { button: [], matchrule: { tag_id: 2 } })).toMatchObject({
      errcode: 40016,
    })
    for (let at = 0; at < 50; at++) await add('x', { tag_id: 2 })
    expect(await add('x', { tag_id: 2 })).toMatchObject({ errcode: 65305 })
  })
})

it('the console has groups as lists [menu-as-in-console]', async () => {
  const current = () => api.get('/cgi-bin/get_current_selfmenu_info')
  expect(await current()).toEqual({ is_menu_open: 0, selfmenu_info: { button: [] } })
  const group = { name: 'More', sub_button: [view('A')] }
  expect(await menu('create', { button: [view('Home'), group] })).toEqual(ok)
  expect(await current()).toEqual({
    is_menu_open: 1,
    selfmenu_info: { button: [view('Home'), { name: 'More', sub_button: { list: [view('A')] } }] },
  })
})

it('there are no automatic replies [no-automatic-replies]', async () => {
  expect(await api.get('/cgi-bin/get_current_autoreply_info')).toEqual({
    is_add_friend_reply_open: 0,
    is_autoreply_open: 0,
  })
})
