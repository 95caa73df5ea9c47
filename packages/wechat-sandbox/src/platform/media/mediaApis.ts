import { z } from 'zod'
import { sendJson } from '../api/answers.ts'
import { get, post, upload, type Endpoint } from '../api/endpoint.ts'
import { Errcode } from '../api/errcode.ts'
import { publicAddress } from '../publicAddress.ts'
import type { Platform } from '../platform.ts'
import { readFileForm } from './fileForm.ts'
import { checkFile } from './fileKinds.ts'
import { sendFile } from './sendFile.ts'

const TYPES = ['image', 'voice', 'video', 'thumb'] as const
const videoBody = z.object({
  media_id: z.string(),
  title: z.string().default(''),
  description: z.string().default(''),
})

/** Temporary media, and pictures for articles. What a page uploaded is fetched here by its `serverId`. */
export function mediaApis(platform: Platform): Endpoint[] {
  const { media, materials, now } = platform
  const find = (mediaId: unknown) => {
    if (!mediaId) throw new Errcode(41006)
    const file = typeof mediaId === 'string' ? media.get(mediaId) : undefined
    if (!file) throw new Errcode(40007)
    return file
  }
  const created_at = () => Math.floor(now() / 1000)
  return [
    get('/cgi-bin/media/get', ({ query, req, res }) => {
      const file = find(query['media_id'])
      if (file.type !== 'video') return sendFile(res, file)
      // A video comes as an address (获取临时素材).
      const origin = `${req.protocol}://${req.get('host')}${req.baseUrl}`
      return { video_url: `${origin}/media/${String(query['media_id'])}` }
    }),
    // Recordings only; WeChat gives speex here, the sandbox the recording as it is.
    get('/cgi-bin/media/get/jssdk', ({ query, res }) => {
      const file = find(query['media_id'])
      if (file.type !== 'voice') throw new Errcode(40007)
      return sendFile(res, file)
    }),
    upload('/cgi-bin/media/upload', async ({ query, req, res }) => {
      const type = TYPES.find((known) => known === query['type'])
      if (!type) throw new Errcode(40004)
      const { file } = await readFileForm(req)
      const media_id = media.add({ type, ...checkFile(file, type) })
      const id = type === 'thumb' ? { thumb_media_id: media_id } : { media_id }
      sendJson(res, req.path, { type, ...id, created_at: created_at() })
    }),
    upload('/cgi-bin/media/uploadimg', async ({ req, res }) => {
      const { file } = await readFileForm(req)
      const id = materials.add({ type: 'inline', name: file.name, ...checkFile(file, 'articleImage') })
      sendJson(res, req.path, { url: publicAddress(platform, req, `/mmbiz/${id}`) })
    }),
    // A video that is to be sent to many gets its words and a new id first (群发).
    post('/cgi-bin/media/uploadvideo', videoBody, ({ body: { media_id, title, description } }) => {
      const file = platform.fileOf(media_id)
      if (file?.type !== 'video') throw new Errcode(40007)
      const { contentType, bytes } = file
      const id = media.add({ type: 'video', contentType, bytes, title, description })
      return { type: 'video', media_id: id, created_at: created_at() }
    }),
  ]
}
