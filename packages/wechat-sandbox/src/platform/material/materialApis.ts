import { z } from 'zod'
import { sendJson } from '../api/answers.ts'
import { either, post, upload, type Endpoint } from '../api/endpoint.ts'
import { Errcode } from '../api/errcode.ts'
import { pageBody, pageOf } from '../api/pageOf.ts'
import { readFileForm } from '../media/fileForm.ts'
import { checkFile } from '../media/fileKinds.ts'
import { sendFile } from '../media/sendFile.ts'
import { demand } from '../permissions.ts'
import type { Platform } from '../platform.ts'
import { publicAddress } from '../publicAddress.ts'
import type { KeptMaterial } from './materials.ts'

const TYPES = ['image', 'voice', 'video', 'thumb'] as const
const idBody = z.object({ media_id: z.string() })
const listBody = pageBody.extend({ type: z.string() })
const descriptionSchema = z.object({ title: z.string(), introduction: z.string().default('') })

/** 永久素材: files that stay in the account's library. Articles are drafts since 2022; there are none here. */
export function materialApis(platform: Platform): Endpoint[] {
  const { materials, switches } = platform
  const mayHave = () => demand(switches, 'material')
  const find = (id: string) => {
    const material = materials.get(id)
    if (!material) throw new Errcode(40007)
    return material
  }
  return [
    upload('/cgi-bin/material/add_material', async ({ query, req, res }) => {
      mayHave()
      const type = TYPES.find((known) => known === query['type'])
      if (!type) throw new Errcode(40004)
      const { file, fields } = await readFileForm(req)
      const words = type === 'video' ? readDescription(fields['description'], file.name) : {}
      const media_id = materials.add({ type, name: file.name, ...words, ...checkFile(file, type) })
      const url = type === 'image' ? { url: publicAddress(platform, req, `/mmbiz/${media_id}`) } : {}
      sendJson(res, req.path, { media_id, ...url })
    }),
    post('/cgi-bin/material/get_material', idBody, ({ body, req, res }) => {
      mayHave()
      const { type, title = '', description = '', ...file } = find(body.media_id)
      if (type !== 'video') return sendFile(res, { type, ...file })
      const down_url = publicAddress(platform, req, `/media/${body.media_id}`)
      return { title, description, down_url }
    }),
    post('/cgi-bin/material/del_material', idBody, ({ body }) => {
      mayHave()
      if (!materials.remove(body.media_id)) throw new Errcode(40007)
      return { errcode: 0, errmsg: 'ok' }
    }),
    either('/cgi-bin/material/get_materialcount', z.object({}), () => {
      mayHave()
      const [voice, video, image] = (['voice', 'video', 'image'] as const).map(
        (type) => materials.list(type).length,
      )
      return { voice_count: voice, video_count: video, image_count: image, news_count: 0 }
    }),
    post('/cgi-bin/material/batchget_material', listBody, ({ body, req }) => {
      mayHave()
      const show = ({ id, name, updatedAt, type }: KeptMaterial) => ({
        media_id: id,
        name,
        update_time: Math.floor(updatedAt / 1000),
        ...(type === 'image' || type === 'thumb'
          ? { url: publicAddress(platform, req, `/mmbiz/${id}`) }
          : {}),
      })
      switch (body.type) {
        case 'news':
          return pageOf([], body, show)
        case 'image':
        case 'voice':
        case 'video':
          return pageOf(materials.list(body.type), body, show)
        default:
          throw new Errcode(40004)
      }
    }),
    // Ended in February 2022 for drafts.
    ...['add_news', 'update_news'].map((name) =>
      post(`/cgi-bin/material/${name}`, z.unknown(), () => {
        throw new Errcode(45106)
      }),
    ),
  ]
}

// The words of a video come as JSON in a field of the form; without them its file's name stands there (assumed).
function readDescription(text: string | undefined, name: string): { title: string; description: string } {
  if (text === undefined) return { title: name, description: '' }
  try {
    const { title, introduction } = descriptionSchema.parse(JSON.parse(text))
    return { title, description: introduction }
  } catch {
    throw new Errcode(47001)
  }
}
