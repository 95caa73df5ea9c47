import { z } from 'zod'
import { fileSchema, type WechatFile } from '../httpAnswer.ts'
import type { Wechat } from '../wechat.ts'

export type MediaType = 'image' | 'voice' | 'video' | 'thumb'

/** A file with a name; WeChat goes by its ending. A `File` brings its own. */
export interface NamedFile {
  content: Blob
  /** E.g. `cup.jpg`. */
  name: string
}

// Files are up to 10 MB, and the way to WeChat may be slow. Milliseconds.
const FILE_TIME = 60_000

// For a thumb the id has a name of its own (reports of developers).
const uploadedSchema = z.union([
  z.object({ media_id: z.string().min(1), created_at: z.number() }),
  z
    .object({ thumb_media_id: z.string().min(1), created_at: z.number() })
    .transform(({ thumb_media_id, ...answer }) => ({ ...answer, media_id: thumb_media_id })),
])

/**
 * Uploads a file for messages. WeChat keeps it for three days.
 *
 * @param type decides what WeChat takes: a video of 10 MB, a voice of 2 MB, a thumb of 64 KB. For images its documents
 *   name 2 MB and 10 MB
 * @returns the media id, and when it was uploaded, in milliseconds since 1970
 * @throws {WechatApiError} 40005, 40006: type or size of the file; 40004: another type
 * @see https://developers.weixin.qq.com/doc/offiaccount/Asset_Management/New_temporary_materials.html
 */
export async function uploadMedia(
  wechat: Pick<Wechat, 'api'>,
  type: MediaType,
  file: NamedFile | File,
): Promise<{ mediaId: string; uploadedAt: number }> {
  const answer = await wechat.api({
    method: 'POST',
    path: '/cgi-bin/media/upload',
    query: { type },
    body: toForm(file),
    timeoutMs: FILE_TIME,
    schema: uploadedSchema,
  })
  return { mediaId: answer.media_id, uploadedAt: answer.created_at * 1000 }
}

/**
 * Uploads a picture for the text of an article, JPEG or PNG under 1 MB. It is kept for good, does not count among the
 * account's materials, and is shown on WeChat's own pages only.
 *
 * @returns the picture's address
 * @see https://developers.weixin.qq.com/doc/offiaccount/Asset_Management/Adding_Permanent_Assets.html
 */
export async function uploadArticleImage(
  wechat: Pick<Wechat, 'api'>,
  file: NamedFile | File,
): Promise<{ url: string }> {
  return wechat.api({
    method: 'POST',
    path: '/cgi-bin/media/uploadimg',
    body: toForm(file),
    timeoutMs: FILE_TIME,
    schema: z.object({ url: z.string().min(1) }),
  })
}

// A page of text is the error page of some proxy: nothing to keep as somebody's picture.
const mediaSchema = fileSchema.refine(({ contentType }) => !contentType.startsWith('text/'))
const videoSchema = z
  .object({ video_url: z.string().min(1) })
  .transform(({ video_url }) => ({ videoUrl: video_url }))

/**
 * Downloads what somebody sent, or what a page uploaded with `wx.uploadImage` or `wx.uploadVoice` (`serverId`), within
 * three days. A video comes as an address. Look at `contentType` before you keep a file.
 *
 * @throws {WechatApiError} 40007: expired, or of another account
 * @see https://developers.weixin.qq.com/doc/offiaccount/Asset_Management/Get_temporary_materials.html
 */
export async function downloadMedia(
  wechat: Pick<Wechat, 'api'>,
  mediaId: string,
): Promise<WechatFile | { videoUrl: string }> {
  return wechat.api({
    ...downloadOf('/cgi-bin/media/get', mediaId),
    schema: z.union([videoSchema, mediaSchema]),
  })
}

/**
 * Downloads a recording that a page uploaded with `wx.uploadVoice`, in speex at 16 kHz; {@link downloadMedia} gives AMR
 * at 8 kHz.
 *
 * @throws {WechatApiError} 40007: expired, of another account, or no recording
 * @see https://developers.weixin.qq.com/doc/offiaccount/Asset_Management/Get_temporary_materials.html
 */
export async function downloadVoice(wechat: Pick<Wechat, 'api'>, mediaId: string): Promise<WechatFile> {
  return wechat.api({ ...downloadOf('/cgi-bin/media/get/jssdk', mediaId), schema: mediaSchema })
}

function downloadOf(path: string, mediaId: string) {
  return {
    method: 'GET',
    path,
    query: { media_id: mediaId },
    answer: 'file',
    timeoutMs: FILE_TIME,
  } as const
}

function toForm(file: NamedFile | File): FormData {
  const form = new FormData()
  if ('content' in file) form.set('media', file.content, file.name)
  else form.set('media', file, file.name)
  return form
}
