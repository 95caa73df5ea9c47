import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { StartError } from '../../env.ts'

/** Where pictures lie: a folder, or a bucket that speaks S3. Names are made by us: letters, digits, `-`, `_`. */
export interface PictureFiles {
  put(name: string, bytes: Uint8Array, type: string): Promise<void>
  /** Undefined: it is not there. */
  get(name: string): Promise<Uint8Array | undefined>
  /** Also good when it is not there. */
  delete(name: string): Promise<void>
}

/** MEDIA_URL names nothing that can be used. The message holds no secret. */
export class PictureStoreError extends StartError {
  override readonly name = 'PictureStoreError'
}

const FORMS =
  'folder:./data/media or s3://KEY:SECRET@host/bucket?region=REGION (KEY and SECRET percent-encoded)'
const LONGEST = 15_000 // milliseconds that a bucket may take

/**
 * Opens what `MEDIA_URL` names.
 *
 * @throws {PictureStoreError} with the forms that there are
 */
export function openPictureFiles(address: string): PictureFiles {
  if (address.startsWith('folder:')) {
    const folder = address.slice('folder:'.length)
    if (folder === '')
      throw new PictureStoreError(`MEDIA_URL names no folder after "folder:". It is ${FORMS}.`)
    return inFolder(folder)
  }
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url?.protocol !== 's3:' && url?.protocol !== 's3+http:')
    throw new PictureStoreError(`this in MEDIA_URL is no place for pictures. It is ${FORMS}.`)
  const bucket = url.pathname.split('/').find(Boolean)
  if (!url.host || !url.username || !url.password || !bucket)
    throw new PictureStoreError(`MEDIA_URL needs key, secret, host and bucket: ${FORMS}.`)
  return inBucket(url, bucket)
}

function inFolder(folder: string): PictureFiles {
  const pathOf = (name: string) => join(folder, checked(name))
  return {
    async put(name, bytes) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      // Under its name only once it is whole.
      await writeFile(`${pathOf(name)}.part`, bytes, { mode: 0o600 })
      await rename(`${pathOf(name)}.part`, pathOf(name))
    },
    get: (name) => readFile(pathOf(name)).catch(unlessMissing),
    delete: (name) => rm(pathOf(name), { force: true }),
  }
}

function unlessMissing(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
  throw error
}

function inBucket(url: URL, bucket: string): PictureFiles {
  const origin = `${url.protocol === 's3+http:' ? 'http' : 'https'}://${url.host}`
  async function send(name: string, init: RequestInit): Promise<Response> {
    const { AwsClient } = await import('aws4fetch')
    const client = new AwsClient({
      accessKeyId: decodeURIComponent(url.username),
      secretAccessKey: decodeURIComponent(url.password),
      region: url.searchParams.get('region') ?? 'us-east-1',
      service: 's3',
      retries: 2,
    })
    const signal = AbortSignal.timeout(LONGEST)
    const response = await client.fetch(`${origin}/${bucket}/${checked(name)}`, { ...init, signal })
    if (response.ok || response.status === 404) return response
    throw new PictureStoreError(
      `the bucket ${bucket} at ${url.host} answered ${response.status} to ${init.method}`,
    )
  }
  return {
    async put(name, bytes, type) {
      const body = new Uint8Array(bytes)
      const { status } = await send(name, { method: 'PUT', body, headers: { 'content-type': type } })
      if (status === 404) throw new PictureStoreError(`there is no bucket ${bucket} at ${url.host}`)
    },
    async get(name) {
      const response = await send(name, { method: 'GET' })
      return response.ok ? new Uint8Array(await response.arrayBuffer()) : undefined
    },
    async delete(name) {
      await send(name, { method: 'DELETE' })
    },
  }
}

function checked(name: string): string {
  if (!/^[\w-]{1,64}$/.test(name)) throw new TypeError('a name that we did not make')
  return name
}
