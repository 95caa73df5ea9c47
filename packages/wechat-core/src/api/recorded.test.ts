// What the sandbox does not have: answered as the platform's documents show it.
import { afterEach, describe, expect, it } from 'vitest'
import { memoryStore } from '../stores/memory.ts'
import { startRecordedApi, type RecordedApi } from '../testing/recordedApi.ts'
import { createWechat, type Wechat } from '../wechat.ts'
import { createQrCode, createShortKey, readShortKey, uploadArticleImage, uploadMedia } from './index.ts'

let server: RecordedApi | undefined
let wechat: Wechat | undefined
afterEach(async () => {
  wechat?.close()
  await server?.close()
})

async function answering(answer: object) {
  server = await startRecordedApi((res) => res.end(JSON.stringify(answer)))
  const account = { appId: 'wx0123456789abcdef', appSecret: 'secret' }
  wechat = createWechat({ ...account, apiUrl: server.url, store: memoryStore() })
  const { requests } = server
  const last = () => requests.at(-1)
  return { wechat, last, sent: (): unknown => JSON.parse(String(last()?.body)) }
}

describe('createQrCode', () => {
  const ticket = 'gQH47joAAAA/+=='
  const answer = { ticket, expire_seconds: 60, url: 'http://weixin.qq.com/q/kZgfwMTm72WWPkovabbI' }

  it.each([
    [1001, 60, { action_name: 'QR_SCENE', expire_seconds: 60, scene: { scene_id: 1001 } }],
    ['tea', 60, { action_name: 'QR_STR_SCENE', expire_seconds: 60, scene: { scene_str: 'tea' } }],
    [1001, 'never', { action_name: 'QR_LIMIT_SCENE', scene: { scene_id: 1001 } }],
    ['tea', 'never', { action_name: 'QR_LIMIT_STR_SCENE', scene: { scene_str: 'tea' } }],
  ] as const)('for %j, life %j', async (scene, expiresIn, { scene: given, ...rest }) => {
    const { wechat, last, sent } = await answering(answer)
    await createQrCode(wechat, { scene, expiresIn })
    expect(last()).toMatchObject({ method: 'POST', url: { pathname: '/cgi-bin/qrcode/create' } })
    expect(sent()).toEqual({ ...rest, action_info: { scene: given } })
  })

  it('gives the address of the picture, with the ticket encoded', async () => {
    const { wechat } = await answering(answer)
    const { imageUrl, ...code } = await createQrCode(wechat, { scene: 1001, expiresIn: 60 })
    expect(code).toEqual({ ticket, url: answer.url, expiresIn: 60 })
    expect(imageUrl).toBe('https://mp.weixin.qq.com/cgi-bin/showqrcode?ticket=gQH47joAAAA%2F%2B%3D%3D')
  })

  it.each([
    [0, 60],
    [1.5, 60],
    [100_001, 'never'],
    ['', 60],
    ['x'.repeat(65), 60],
    ['tea', 0],
    ['tea', 2_592_001],
  ] as const)('sends nothing for %j, life %j', async (scene, expiresIn) => {
    const { wechat, last } = await answering(answer)
    await expect(createQrCode(wechat, { scene, expiresIn })).rejects.toThrow(RangeError)
    expect(last()).toBeUndefined()
  })
})

describe('a short key', () => {
  it('is made', async () => {
    const { wechat, last, sent } = await answering({ errcode: 0, errmsg: 'ok', short_key: 'iTqRJFSEqk9RvPk' })
    expect(await createShortKey(wechat, '很长', { expiresIn: 86_400 })).toBe('iTqRJFSEqk9RvPk')
    expect(last()?.url.pathname).toBe('/cgi-bin/shorten/gen')
    expect(sent()).toEqual({ long_data: '很长', expire_seconds: 86_400 })
  })

  it('is read, with times in milliseconds and seconds', async () => {
    const answer = {
      errcode: 0,
      errmsg: 'ok',
      long_data: '很长',
      create_time: 1_611_047_541,
      expire_seconds: 86_300,
    }
    const { wechat, sent } = await answering(answer)
    expect(await readShortKey(wechat, 'iTqRJFSEqk9RvPk')).toEqual({
      text: '很长',
      createdAt: 1_611_047_541_000,
      expiresIn: 86_300,
    })
    expect(sent()).toEqual({ short_key: 'iTqRJFSEqk9RvPk' })
  })

  it('of more than 4 KB, counted in bytes, is not asked for', async () => {
    const { wechat, last } = await answering({})
    await expect(createShortKey(wechat, '茶'.repeat(1366))).rejects.toThrow(RangeError)
    await expect(createShortKey(wechat, 'x', { expiresIn: 2_592_001 })).rejects.toThrow(RangeError)
    expect(last()).toBeUndefined()
  })
})

it('uploadArticleImage gives the address of the picture', async () => {
  const { wechat, last } = await answering({ url: 'http://mmbiz.qpic.cn/mmbiz_jpg/abc/0' })
  const file = { content: new Blob(['picture'], { type: 'image/jpeg' }), name: 'a.jpg' }
  expect(await uploadArticleImage(wechat, file)).toEqual({ url: 'http://mmbiz.qpic.cn/mmbiz_jpg/abc/0' })
  expect(last()?.url.pathname).toBe('/cgi-bin/media/uploadimg')
  expect(String(last()?.body)).toMatch(
    /name="media"; filename="a.jpg"\r\nContent-Type: image\/jpeg\r\n\r\npicture/,
  )
})

it("a thumb's id has another name in the answer", async () => {
  const { wechat } = await answering({ type: 'thumb', thumb_media_id: 'abc', created_at: 1_760_000_000 })
  const file = { content: new Blob(['x'], { type: 'image/jpeg' }), name: 'a.jpg' }
  expect(await uploadMedia(wechat, 'thumb', file)).toEqual({ mediaId: 'abc', uploadedAt: 1_760_000_000_000 })
})
