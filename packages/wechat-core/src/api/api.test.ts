// Each call against the sandbox's platform, over a real socket.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startPlatform, type RunningPlatform } from 'wechat-sandbox'
import { WechatApiError } from '../errors.ts'
import { memoryStore } from '../stores/memory.ts'
import { createWechat, type Wechat } from '../wechat.ts'
import * as api from './index.ts'

let platform: RunningPlatform
let wechat: Wechat
const start = 1_760_000_000_000

beforeEach(async () => {
  platform = await startPlatform({ siteOrigin: 'http://127.0.0.1:9', now: () => start })
  const { appId, appSecret } = platform.account
  wechat = createWechat({ appId, appSecret, apiUrl: platform.url, store: memoryStore() })
})
afterEach(async () => {
  wechat.close()
  await platform.close()
})

const openidOf = (id: string) => platform.identities.openidOf(platform.identities.person(id))
const follower = () => openidOf('xiaoqing')
const stranger = () => openidOf('lin')
const refusal = async (work: Promise<unknown>) => {
  const error: unknown = await work.catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(WechatApiError)
  return error instanceof WechatApiError ? [error.errcode, error.kind] : []
}
const lastSaid = () => platform.conversations.of(follower()).at(-1)
const template = (kind: 'template' | 'notice') => {
  const found = platform.account.templates.find((one) => one.kind === kind)
  if (!found) throw new Error(`the sandbox's account has no ${kind}`)
  return found.id
}

it('exports exactly these names', () => {
  expect(Object.keys(api).sort()).toMatchInlineSnapshot(`
    [
      "checkCallback",
      "clearQuota",
      "clearQuotaWithSecret",
      "createMenu",
      "createQrCode",
      "createShortKey",
      "deleteMenu",
      "downloadMedia",
      "downloadVoice",
      "getMenu",
      "getUser",
      "listCallbackAddresses",
      "readShortKey",
      "sendCustomMessage",
      "sendSubscribeMessage",
      "sendTemplateMessage",
      "uploadArticleImage",
      "uploadMedia",
    ]
  `)
})

describe('getUser', () => {
  it('tells a follower, with how and when they came', async () => {
    platform.followers.add(stranger(), '1001')
    expect(await api.getUser(wechat, follower())).toMatchObject({
      follows: true,
      openid: follower(),
      followedAt: start,
      qrScene: undefined,
      tagIds: [],
    })
    expect(await api.getUser(wechat, stranger())).toMatchObject({ follows: true, qrScene: '1001' })
  })

  it('tells somebody who does not follow, and nothing else of them', async () => {
    expect(await api.getUser(wechat, stranger())).toEqual({ follows: false, openid: stranger() })
  })

  it('refuses an openid of another account', async () => {
    expect(await refusal(api.getUser(wechat, 'o-of-somebody-else'))).toEqual([40003, 'recipient'])
  })
})

describe('sendTemplateMessage', () => {
  const order = () => ({
    openid: follower(),
    templateId: template('template'),
    data: { character_string1: 'A-1024', amount2: '¥12', time3: '10:24' },
    url: 'https://h5.example.com/orders/1024',
  })

  it('reaches a follower, and gives the id that the event will have', async () => {
    expect(await api.sendTemplateMessage(wechat, order())).toEqual({ msgId: expect.stringMatching(/^\d+$/) })
    expect(lastSaid()).toMatchObject({
      via: 'template',
      message: { url: 'https://h5.example.com/orders/1024', fields: expect.any(Array) },
    })
  })

  it('is refused for a stranger, for another template, and for a value that does not fit', async () => {
    const send = (change: object) => refusal(api.sendTemplateMessage(wechat, { ...order(), ...change }))
    expect(await send({ openid: stranger() })).toEqual([43004, 'recipient'])
    expect(await send({ templateId: 'nonsense' })).toEqual([40037, 'request'])
    expect(await send({ data: {} })).toEqual([47003, 'request'])
  })
})

it('sendSubscribeMessage reaches a person who has allowed it, once', async () => {
  const templateId = template('notice')
  const notice = {
    openid: follower(),
    templateId,
    data: { thing1: '茶', time2: '10:24' },
    page: 'https://h5/',
  }
  expect(await refusal(api.sendSubscribeMessage(wechat, notice))).toEqual([43101, 'recipient'])
  platform.subscriptions.accept(follower(), templateId)
  await api.sendSubscribeMessage(wechat, notice)
  expect(lastSaid()).toMatchObject({ via: 'subscribe', message: { url: 'https://h5/' } })
})

describe('the menu', () => {
  const buttons: api.MenuButton[] = [
    { type: 'view', name: 'Home', url: 'https://h5.example.com/' },
    {
      name: 'More',
      items: [
        { type: 'click', name: 'Help', key: 'HELP' },
        { type: 'miniprogram', name: 'Shop', url: 'https://h5/', appId: 'wx0123456789abcdef', pagePath: 'a' },
        { type: 'media_id', name: 'Picture', mediaId: 'abc' },
      ],
    },
  ]

  it('is made, read as it was made, and taken away', async () => {
    expect(await api.getMenu(wechat)).toBeUndefined()
    await api.createMenu(wechat, buttons)
    expect(platform.menu.at([1, 1])).toMatchObject({ appid: 'wx0123456789abcdef', pagepath: 'a' })
    expect(await api.getMenu(wechat)).toEqual(buttons)
    await api.deleteMenu(wechat)
    expect(await api.getMenu(wechat)).toBeUndefined()
  })

  it('an account that may have none is told so, and not "no menu"', async () => {
    platform.faults.set('/cgi-bin/menu/get', { errcode: 48001 })
    expect(await refusal(api.getMenu(wechat))).toEqual([48001, 'configuration'])
  })

  it('tells which button is wrong', async () => {
    const wrong = api.createMenu(wechat, [{ type: 'view', name: 'Home', url: 'no address' }])
    await expect(wrong).rejects.toMatchObject({ errcode: 40020, hint: expect.stringContaining('address') })
  })
})

describe('media', () => {
  const bytes = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
  const picture = new Blob([bytes], { type: 'image/png' })

  it('comes back as it was sent', async () => {
    const { mediaId, uploadedAt } = await api.uploadMedia(wechat, 'image', {
      content: picture,
      name: 'a.png',
    })
    expect(uploadedAt).toBe(start)
    const file = await api.downloadMedia(wechat, mediaId)
    expect(file).toMatchObject({ contentType: 'image/png', fileName: 'media.png' })
    expect('bytes' in file && bytes.equals(file.bytes)).toBe(true)
  })

  it('is sent with a new token when the first is stale, whole', async () => {
    await api.listCallbackAddresses(wechat)
    platform.tokens.killAll()
    const file = new File([bytes], 'a.png', { type: 'image/png' })
    const { mediaId } = await api.uploadMedia(wechat, 'image', file)
    const kept = platform.media.get(mediaId)
    expect(kept?.bytes.equals(bytes)).toBe(true)
  })

  it('a video comes as an address', async () => {
    const film = { content: new Blob(['film'], { type: 'video/mp4' }), name: 'a.mp4' }
    const { mediaId } = await api.uploadMedia(wechat, 'video', film)
    expect(await api.downloadMedia(wechat, mediaId)).toEqual({ videoUrl: expect.stringMatching(/^http/) })
  })

  it('a recording, and only that, comes as a voice', async () => {
    const { mediaId } = await api.uploadMedia(wechat, 'voice', { content: new Blob(['la']), name: 'a.amr' })
    expect(Buffer.from((await api.downloadVoice(wechat, mediaId)).bytes).toString()).toBe('la')
    const image = await api.uploadMedia(wechat, 'image', { content: picture, name: 'a.png' })
    expect(await refusal(api.downloadVoice(wechat, image.mediaId))).toEqual([40007, 'request'])
  })

  it('that is unknown is an error, and no file', async () => {
    expect(await refusal(api.downloadMedia(wechat, 'nonsense'))).toEqual([40007, 'request'])
  })

  it('the error page of a proxy is nobody’s picture', async () => {
    platform.faults.set('/cgi-bin/media/get', { status: 502 })
    await expect(api.downloadMedia(wechat, 'x')).rejects.toMatchObject({ code: 'wechat_bad_response' })
  })
})

describe('quota', () => {
  it('is reset with a token', async () => {
    await api.clearQuota(wechat)
    expect(platform.requests.get('/cgi-bin/clear_quota')).toBe(1)
  })

  it('is reset with the AppSecret when there is no token to be had', async () => {
    platform.faults.set('/cgi-bin/stable_token', { errcode: 45009 })
    expect(await refusal(api.clearQuota(wechat))).toEqual([45009, 'quota'])
    const { appId, appSecret } = platform.account
    await api.clearQuotaWithSecret({ appId, appSecret, apiUrl: platform.url })
    const wrong = api.clearQuotaWithSecret({ appId, appSecret: 'not-the-secret', apiUrl: platform.url })
    expect(await refusal(wrong)).toEqual([40125, 'configuration'])
  })
})

it('checkCallback tells where WeChat finds the server, and how fast', async () => {
  expect(await api.checkCallback(wechat)).toMatchObject({
    dns: [{ ip: '127.0.0.1', operator: 'UNICOM' }],
    ping: [{ ip: '127.0.0.1', fromOperator: 'UNICOM', loss: '0%', time: expect.stringMatching(/ms$/) }],
  })
  expect(await api.checkCallback(wechat, { action: 'dns', operator: 'CAP' })).toEqual({
    dns: [{ ip: '127.0.0.1', operator: 'CAP' }],
    ping: [],
  })
})

it('listCallbackAddresses gives what pushes come from', async () => {
  expect(await api.listCallbackAddresses(wechat)).toEqual(['127.0.0.1'])
})

it('sendCustomMessage is refused when nobody wrote', async () => {
  const work = api.sendCustomMessage(wechat, follower(), { msgType: 'text', content: 'Hello' })
  expect(await refusal(work)).toEqual([45015, 'recipient'])
})
