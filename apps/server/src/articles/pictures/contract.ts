import { z } from 'zod'

const kept = z.object({ id: z.string() })

export const picturesContract = {
  /** Takes the file itself as the body: JPEG, PNG or WebP up to 10 MB. */
  'POST /api/pictures': { response: kept },
  /** Takes what `wx.uploadImage` gave. */
  'POST /api/pictures/wechat': { body: z.object({ serverId: z.string().min(1).max(200) }), response: kept },
  /** For whose it is, and for those in ADMIN_OPENIDS. */
  'GET /api/pictures/:id': { params: z.object({ id: z.string().regex(/^[\w-]{24}$/) }) },
}
