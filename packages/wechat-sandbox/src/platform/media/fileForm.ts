import type { Request } from 'express'
import { Errcode } from '../api/errcode.ts'

/** A form with a file in it, as an SDK posts it. */
export interface FileForm {
  file: UploadedFile
  /** The form's other fields. */
  fields: Record<string, string>
}

export interface UploadedFile {
  name: string
  /** As the sender says. */
  contentType: string
  bytes: Buffer
}

// More than the largest kind of file may have, with its form.
const LARGEST_FORM = 12_000_000

/**
 * Reads the form of an upload. The file is the field `media`, or else the first one.
 *
 * @throws {Errcode} 41005 where there is no file, 45001 for a form that no kind of file can need
 */
export async function readFileForm(req: Request): Promise<FileForm> {
  // WeChat wants to know the length before it reads (reports of developers).
  const type = req.get('content-type') ?? ''
  const length = req.get('content-length')
  if (!type.startsWith('multipart/form-data') || length === undefined) throw new Errcode(41005)
  if (Number(length) > LARGEST_FORM) throw new Errcode(45001)
  const body = await bodyOf(req)
  const form = await new Response(body, { headers: { 'content-type': withBoundary(type, body) } })
    .formData()
    .catch(() => undefined)
  const entries = [...(form ?? [])]
  const files = entries.filter((entry): entry is [string, File] => entry[1] instanceof File)
  const file = files.find(([name]) => name === 'media')?.[1] ?? files[0]?.[1]
  if (!file || file.size === 0) throw new Errcode(41005)
  return {
    file: { name: file.name, contentType: file.type, bytes: Buffer.from(await file.arrayBuffer()) },
    fields: Object.fromEntries(
      entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    ),
  }
}

/** @throws {Errcode} 41005 where the caller has left in the middle of it */
async function bodyOf(req: Request): Promise<Buffer<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  try {
    for await (const chunk of req as AsyncIterable<Uint8Array>) chunks.push(chunk)
  } catch {
    throw new Errcode(41005)
  }
  return Buffer.concat(chunks)
}

// Some SDKs name no boundary (tnwx 2.5.6): it is the first line of the body.
function withBoundary(type: string, body: Buffer): string {
  if (/;\s*boundary=/i.test(type)) return type
  const [, boundary] = /^--([^\r\n"]{1,70})\r\n/.exec(body.toString('latin1', 0, 80)) ?? []
  return boundary === undefined ? type : `multipart/form-data; boundary="${boundary}"`
}
