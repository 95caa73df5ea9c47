import { Readable } from 'node:stream'
import { noteOutcome, sendJson } from '../api/answers.ts'
import { Errcode } from '../api/errcode.ts'
import type { MediaFile } from './media.ts'
import type { Platform } from '../platform.ts'
import { get, upload, type ApiCall, type Endpoint } from '../api/endpoint.ts'

const TYPES = ['image', 'voice', 'video', 'thumb'] as const
const LARGEST = 10_000_000
const ENDINGS: Record<string, string> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/svg+xml': 'svg',
  'audio/amr': 'amr',
}

/** Temporary media: what a page uploaded is fetched here by its `serverId`. */
export function mediaApis({ media, now }: Platform): Endpoint[] {
  const find = (mediaId: unknown) => {
    if (!mediaId) throw new Errcode(41006)
    const file = typeof mediaId === 'string' ? media.get(mediaId) : undefined
    if (!file) throw new Errcode(40007)
    return file
  }
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
      const { contentType, bytes } = await readFile(req)
      const media_id = media.add({ type, contentType, bytes })
      const id = type === 'thumb' ? { thumb_media_id: media_id } : { media_id }
      sendJson(res, req.path, { type, ...id, created_at: Math.floor(now() / 1000) })
    }),
  ]
}

function sendFile(res: ApiCall['res'], { contentType, bytes }: MediaFile): undefined {
  noteOutcome(res, { errcode: 0, errmsg: `ok, ${bytes.length} bytes` })
  res
    .set('content-disposition', `attachment; filename="media.${ENDINGS[contentType] ?? 'bin'}"`)
    .type(contentType)
    .send(bytes)
}

async function readFile(req: ApiCall['req']): Promise<Pick<MediaFile, 'contentType' | 'bytes'>> {
  // WeChat wants to know the length before it reads (reports of developers).
  const type = req.get('content-type') ?? ''
  if (!type.startsWith('multipart/form-data') || Number(req.get('content-length') ?? Infinity) > LARGEST)
    throw new Errcode(41005)
  const body = new Response(Readable.toWeb(req) as ReadableStream, { headers: { 'content-type': type } })
  const file = (await body.formData().catch(() => undefined))?.get('media')
  if (!(file instanceof Blob) || file.size === 0) throw new Errcode(41005)
  return {
    contentType: file.type || 'application/octet-stream',
    bytes: Buffer.from(await file.arrayBuffer()),
  }
}
