import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startTestApi, type TestApi } from '../testApi.testing.ts'

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

  it('is refused in a wrong form', async () => {
    expect(await upload('poem', formOf(new Blob(['x'])))).toMatchObject({ errcode: 40004 })
    expect(await upload('image')).toMatchObject({ errcode: 41005 })
    expect(await upload('image', formOf(new Blob([])))).toMatchObject({ errcode: 41005 })
    expect(await (await download('')).json()).toMatchObject({ errcode: 41006 })
  })
})
