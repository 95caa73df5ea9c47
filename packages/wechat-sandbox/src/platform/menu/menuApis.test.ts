import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startTestApi, type TestApi } from '../testApi.testing.ts'

let api: TestApi
beforeEach(async () => void (api = await startTestApi()))
afterEach(() => api.close())

describe('the menu', () => {
  const create = (button: unknown) => api.post('/cgi-bin/menu/create', { button })
  const view = { type: 'view', name: 'Home', url: 'https://h5.example.com/' }

  it('is created, read and deleted', async () => {
    expect(await api.get('/cgi-bin/menu/get')).toMatchObject({ errcode: 46003 })
    const button = [view, { name: '更多', sub_button: [{ type: 'click', name: 'Help', key: 'HELP' }] }]
    expect(await create(button)).toEqual({ errcode: 0, errmsg: 'ok' })
    expect(await api.get('/cgi-bin/menu/get')).toEqual({ menu: { button } })
    expect(await api.get('/cgi-bin/menu/delete')).toMatchObject({ errcode: 0 })
    expect(api.platform.menu.get()).toBeUndefined()
  })

  it.each([
    [[], 40016],
    [[view, view, view, view], 40016],
    [[{ ...view, type: 'poem' }], 40017],
    [[{ ...view, name: '一二三四五六' }], 40018],
    [[{ type: 'click', name: 'x' }], 40019],
    [[{ ...view, url: 'nowhere' }], 40020],
    [[{ name: 'x', sub_button: Array(6).fill(view) }], 40023],
    [[{ name: 'x', sub_button: [{ ...view, name: '' }] }], 40025],
    ['x', 47001],
  ])('%.60j is %s [menu-size] [menu-name-bytes]', async (button, errcode) =>
    expect(await create(button)).toMatchObject({ errcode }),
  )

  it('is not for unverified accounts', async () => {
    api.platform.switches.set('account', 'unverified')
    expect(await create([view])).toMatchObject({ errcode: 48001 })
  })
})
