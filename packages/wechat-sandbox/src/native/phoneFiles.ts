import { randomBytes } from 'node:crypto'
import { forgetOldest } from '../platform/forgetOldest.ts'
import type { Os } from './device.ts'
import { samplePicture } from './samplePictures.ts'

const KEPT = { entries: 500, bytes: 32_000_000, sizeOf: (picture: Buffer) => picture.length }
const VOICES_KEPT = 500

/** What lies on the phone for pages to use by a local id: pictures and recordings. */
export class PhoneFiles {
  #pictures = new Map<string, Buffer>()
  #voices = new Set<string>()
  #recording: string | undefined

  /** Gives a sample picture a local id. */
  addSample(name: string, os: Os): string {
    const bytes = samplePicture(name)
    if (!bytes) throw new Error(`there is no sample picture "${name}"`)
    return this.addPicture(bytes, os)
  }

  addPicture(bytes: Buffer, os: Os): string {
    const localId = pictureId(os)
    this.#pictures.set(localId, bytes)
    forgetOldest(this.#pictures, KEPT)
    return localId
  }

  /** The picture's bytes, or undefined when there is none of that id. */
  picture(localId: string): Buffer | undefined {
    // A page that has shown the picture gives its id back as the browser writes addresses: the scheme in lower case.
    const id = localId.replace(/^wxlocalresource:/i, 'wxLocalResource:')
    return this.#pictures.get(id)
  }

  startRecording(): string {
    this.#recording = this.addVoice()
    return this.#recording
  }

  /** @returns the recording's id, or undefined when nothing was being recorded */
  stopRecording(): string | undefined {
    const localId = this.#recording
    this.#recording = undefined
    return localId
  }

  addVoice(): string {
    const localId = `weixin://voiceid/${randomBytes(8).toString('hex')}`
    this.#voices.add(localId)
    const [oldest] = this.#voices
    if (this.#voices.size > VOICES_KEPT && oldest !== undefined) this.#voices.delete(oldest)
    return localId
  }

  hasVoice(localId: string): boolean {
    return this.#voices.has(localId)
  }
}

// The two shapes that pages meet; Tencent's script looks for "wxlocalresource://" where it is not on Android.
function pictureId(os: Os): string {
  const id = randomBytes(8).toString('hex')
  return os === 'ios' ? `wxLocalResource://${id}` : `weixin://resourceid/${id}`
}
