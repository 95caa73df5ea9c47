import { z } from 'zod'

/** A file that WeChat sent, as it came. */
export interface WechatFile {
  bytes: Uint8Array
  /** As WeChat names it, e.g. `image/jpeg`; empty when it does not. Check it before you keep the file. */
  contentType: string
  /** The name that WeChat gives the file, without any folder. */
  fileName?: string | undefined
}

/** Matches a file, in the `schema` of a request whose `answer` is `file`. */
export const fileSchema: z.ZodType<WechatFile> = z.object({
  bytes: z.instanceof(Uint8Array),
  contentType: z.string(),
  fileName: z.string().optional(),
})

/** The answer has more bytes than the request allows. */
export class AnswerTooLarge extends Error {
  override readonly name = 'AnswerTooLarge'
}

/** What was answered: JSON as its value, a file as a {@link WechatFile}, undefined for what should be JSON and is not. */
export interface Answer {
  status: number
  /** Bytes. */
  size: number
  value: unknown
}

/**
 * Reads an answer, and stops at the limit. WeChat sends JSON as text/plain on some paths, so the content type decides
 * nothing: JSON in place of a file, an error as a rule, is told by its first character.
 *
 * @throws {AnswerTooLarge} after `maxBytes`, or at once when the length says so
 */
export async function readAnswer(
  response: Response,
  { wanted, maxBytes }: { wanted: 'json' | 'file'; maxBytes: number },
): Promise<Answer> {
  const bytes = await readBytes(response, maxBytes)
  const mayBeJson = wanted === 'json' || bytes[0] === CURLY_BRACKET
  const json = mayBeJson ? parseJson(new TextDecoder().decode(bytes)) : undefined
  const value = json === undefined && wanted === 'file' ? toFile(response, bytes) : json
  return { status: response.status, size: bytes.length, value }
}

async function readBytes(response: Response, maxBytes: number): Promise<Uint8Array> {
  if (Number(response.headers.get('content-length')) > maxBytes) {
    await response.body?.cancel()
    throw new AnswerTooLarge()
  }
  const chunks: Uint8Array[] = []
  let size = 0
  // Leaving the loop by an error ends the connection.
  for await (const chunk of response.body ?? []) {
    size += chunk.length
    if (size > maxBytes) throw new AnswerTooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, size)
}

const CURLY_BRACKET = '{'.charCodeAt(0)

function toFile({ headers }: Response, bytes: Uint8Array): WechatFile {
  const given = /filename="?([^";]+)/i.exec(headers.get('content-disposition') ?? '')?.[1] ?? ''
  const fileName = given.split(/[\\/]/).at(-1)?.trim()
  const isName = fileName && !/^\.+$/.test(fileName)
  return { bytes, contentType: headers.get('content-type') ?? '', ...(isName ? { fileName } : {}) }
}

function parseJson(text: string): unknown {
  try {
    return /\d{16}/.test(text) ? JSON.parse(text, keepLongIds) : JSON.parse(text)
  } catch {
    return undefined
  }
}

// Ids of messages have up to 19 digits, more than a number can hold: these stay text.
function keepLongIds(_key: string, value: unknown, context?: { source?: string }): unknown {
  const isWhole = typeof value === 'number' && /^-?\d+$/.test(context?.source ?? '')
  return isWhole && !Number.isSafeInteger(value) ? context?.source : value
}
