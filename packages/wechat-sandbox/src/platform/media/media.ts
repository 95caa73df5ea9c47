import { forgetOldest } from '../forgetOldest.ts'
import { secret } from '../credentials/tokens.ts'

/** A file that was uploaded, by a page or by the site's server. */
export interface MediaFile {
  type: 'image' | 'voice' | 'video' | 'thumb'
  contentType: string
  bytes: Buffer
  /** Of a video. */
  title?: string
  description?: string
}

/** How long temporary media are kept, in milliseconds: three days (获取临时素材). */
export const TEMPORARY = 3 * 86_400_000
// The sandbox's own bounds: tests upload the same file again and again.
const KEPT = { entries: 500, bytes: 64_000_000, sizeOf: ({ bytes }: MediaFile) => bytes.length }

/** Temporary media of the account, by media id. */
export class Media {
  readonly #now: () => number
  #files = new Map<string, MediaFile & { addedAt: number }>()

  constructor(now: () => number) {
    this.#now = now
  }

  /** @returns the media id, which a page knows as `serverId` */
  add(file: MediaFile): string {
    const mediaId = secret(64)
    this.#files.set(mediaId, { ...file, addedAt: this.#now() })
    forgetOldest(this.#files, KEPT)
    return mediaId
  }

  /** The file, or undefined for an unknown id and after three days. */
  get(mediaId: string): (MediaFile & { addedAt: number }) | undefined {
    const file = this.#files.get(mediaId)
    return file && this.#now() - file.addedAt < TEMPORARY ? file : undefined
  }
}
