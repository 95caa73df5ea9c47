import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkFile } from './fileKinds.ts'
import { png, startTestApi, type TestApi } from '../testApi.testing.ts'

let api: TestApi
beforeEach(async () => void (api = await startTestApi()))
afterEach(() => api.close())

describe('media', () => {
  const upload = async (type: string, form?: FormData) => {
    const { access_token } = api.platform.tokens.issueStable(false)
    const path = `/cgi-bin/media/upload?access_token=${access_token}&type=${type}`
    const response = await api.fetch(path, { method: 'POST', body: form ?? '{}' })
    return (await response.json()) as Record<string, string>
  }
  const formOf = (file: Blob) => {
    const form = new FormData()
    form.set('media', file, 'x.png')
    return form
  }
  const download = (media_id: string, path = '/cgi-bin/media/get') => {
    const { access_token } = api.platform.tokens.issueStable(false)
    return api.fetch(`${path}?${new URLSearchParams({ access_token, media_id })}`)
  }
  const bytes = Buffer.from([0, 255, 10, 13, 0])

  it('is uploaded and fetched as it is, for three days [media-three-days]', async () => {
    const { media_id = '', type } = await upload('image', formOf(new Blob([bytes], { type: 'image/png' })))
    expect(type).toBe('image')
    const response = await download(media_id)
    expect(response.headers.get('content-type')).toBe('image/png')
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="/)
    expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes)
    api.forward(3 * 86_400)
    const late = await download(media_id)
    expect(late.headers.get('content-type')).toMatch(/^text\/plain/)
    expect(await late.json()).toMatchObject({ errcode: 40007 })
  })

  it('a thumb has an id of its own name [thumb-media-id]', async () => {
    const answer = await upload('thumb', formOf(new Blob([bytes], { type: 'image/jpeg' })))
    expect(answer).toEqual({
      type: 'thumb',
      thumb_media_id: expect.any(String),
      created_at: expect.any(Number),
    })
    expect((await download(answer['thumb_media_id'] ?? '')).headers.get('content-type')).toBe('image/jpeg')
  })

  it('a video comes as an address, a recording in its own format too [media-video-address]', async () => {
    const video = api.platform.media.add({ type: 'video', contentType: 'video/mp4', bytes })
    const { video_url } = (await (await download(video)).json()) as { video_url: string }
    expect(Buffer.from(await (await fetch(video_url)).arrayBuffer())).toEqual(bytes)
    const voice = api.platform.media.add({ type: 'voice', contentType: 'audio/amr', bytes })
    expect((await download(voice, '/cgi-bin/media/get/jssdk')).headers.get('content-type')).toBe('audio/amr')
    expect(await (await download(video, '/cgi-bin/media/get/jssdk')).json()).toMatchObject({ errcode: 40007 })
  })

  it('is kept up to a number of bytes; the oldest go first', () => {
    const { media } = api.platform
    const file = () => media.add({ type: 'image', contentType: 'image/png', bytes: Buffer.alloc(5_000_000) })
    const ids = Array.from({ length: 60 }, file)
    const kept = ids.filter((id) => media.get(id))
    expect(kept.length * 5_000_000).toBeLessThanOrEqual(64_000_000)
    expect(kept).toEqual(ids.slice(-kept.length))
    expect(kept.length).toBeGreaterThan(5)
  })

  it.each([
    ['image', 'x.png', 'image/png', Buffer.from('GIF89a'), undefined],
    ['image', 'x.bin', 'application/octet-stream', Buffer.from('ffd8ffe0', 'hex'), undefined],
    ['voice', 'x.amr', '', Buffer.from('#!AMR'), undefined],
    ['video', 'x.mp4', 'video/mp4', Buffer.from('anything'), undefined],
    ['thumb', 'x.jpg', 'image/jpeg', Buffer.alloc(64 * 1024), undefined],
    ['image', 'x.txt', 'text/plain', Buffer.from('text'), 40005],
    ['voice', 'x.mp3', 'audio/mpeg', Buffer.from('89504e470d0a1a0a', 'hex'), 40005],
    ['thumb', 'x.gif', 'image/gif', Buffer.from('GIF89a'), 40005],
    ['image', 'x.jpg', 'image/jpeg', Buffer.alloc(10 * 1024 ** 2 + 1), 40009],
    ['voice', 'x.mp3', 'audio/mpeg', Buffer.alloc(2 * 1024 ** 2 + 1), 40010],
    ['video', 'x.mp4', 'video/mp4', Buffer.alloc(10 * 1024 ** 2 + 1), 40011],
    ['thumb', 'x.jpg', 'image/jpeg', Buffer.alloc(64 * 1024 + 1), 40012],
  ] as const)(
    '%s %s of type "%s" is taken or refused by its kind [media-kinds] [media-kind-errcodes] [media-first-bytes]',
    (kind, name, contentType, content, errcode) => {
      const check = () => checkFile({ name, contentType, bytes: content }, kind)
      if (errcode === undefined) expect(check()).toMatchObject({ bytes: content })
      else expect(check).toThrow(expect.objectContaining({ errcode }))
    },
  )

  it('of a kind that it is not, or larger than any kind, is refused [media-kind-errcodes]', async () => {
    const send = (file: File) => api.upload('/cgi-bin/media/upload', file, { query: { type: 'voice' } })
    expect(await send(png())).toMatchObject({ errcode: 40005 })
    expect(await send(new File([Buffer.alloc(12_000_001)], 'x.amr'))).toMatchObject({ errcode: 45001 })
  })

  it('comes in a form that names no boundary, or has another field than `media` [media-form]', async () => {
    const { access_token } = api.platform.tokens.issueStable(false)
    const send = (contentType: string, first = '--xyz\r\n') =>
      api
        .fetch(`/cgi-bin/media/upload?access_token=${access_token}&type=voice`, {
          method: 'POST',
          headers: { 'content-type': contentType },
          body: `${first}Content-Disposition: form-data; name="file"; filename="a.amr"\r\n\r\n#!AMR\r\n--xyz--\r\n`,
        })
        .then((response) => response.json())
    expect(await send('multipart/form-data')).toMatchObject({ type: 'voice' })
    expect(await send('multipart/form-data; boundary=xyz')).toMatchObject({ type: 'voice' })
    expect(await send('multipart/form-data; boundary=abc')).toMatchObject({ errcode: 41005 })
    expect(await send('multipart/form-data', '')).toMatchObject({ errcode: 41005 })
  })

  it('for articles is a picture with an address [article-picture]', async () => {
    const path = '/cgi-bin/media/uploadimg'
    const { url } = await api.upload(path, png())
    const shown = await fetch(String(url))
    expect(shown.headers.get('content-type')).toBe('image/png')
    expect(await shown.bytes()).toEqual(await png().bytes())
    expect(await api.get('/cgi-bin/material/get_materialcount')).toMatchObject({ image_count: 0 })
    expect(await api.upload(path, new File(['GIF89a'], 'a.gif'))).toMatchObject({ errcode: 40005 })
    expect(await api.upload(path, png(1024 ** 2 - 1))).toHaveProperty('url')
    expect(await api.upload(path, png(1024 ** 2))).toMatchObject({ errcode: 40009 })
  })

  it('for sending to many is a video with words and an id of its own [mass-video]', async () => {
    const media_id = api.platform.media.add({ type: 'video', contentType: 'video/mp4', bytes })
    const answer = await api.post('/cgi-bin/media/uploadvideo', { media_id, title: 'T', description: 'D' })
    expect(answer).toEqual({ type: 'video', media_id: expect.any(String), created_at: 1_760_000_000 })
    expect(answer['media_id']).not.toBe(media_id)
    expect(api.platform.fileOf(String(answer['media_id']))).toMatchObject({ title: 'T', description: 'D' })
    expect(await api.post('/cgi-bin/media/uploadvideo', { media_id: 'x' })).toMatchObject({ errcode: 40007 })
  })

  it('is refused in a wrong form', async () => {
    expect(await upload('poem', formOf(new Blob(['x'])))).toMatchObject({ errcode: 40004 })
    expect(await upload('image')).toMatchObject({ errcode: 41005 })
    expect(await upload('image', formOf(new Blob([])))).toMatchObject({ errcode: 41005 })
    expect(await (await download('')).json()).toMatchObject({ errcode: 41006 })
  })
})
