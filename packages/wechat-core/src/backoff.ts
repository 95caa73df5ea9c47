import { z } from 'zod'
import { WechatApiError, WechatTransportError } from './errors.ts'

const QUICK = 1_000 // milliseconds: busy, network: soon over
const SLOW = 60_000 // only a person can mend these; asking burns quota

const TRANSPORT = z.enum(['wechat_timeout', 'wechat_unreachable', 'wechat_bad_response'])
const noteSchema = z.object({
  method: z.enum(['GET', 'POST']),
  path: z.string(),
  errcode: z.number().optional(),
  text: z.string(),
  code: TRANSPORT.optional(),
})

/** How long nobody asks again after this failure, in milliseconds. */
export function pauseAfter(error: unknown): number {
  return error instanceof WechatApiError && !['busy', 'stale'].includes(error.kind) ? SLOW : QUICK
}

/** A failure as a note for other processes, or undefined for one that is none of WeChat's. */
export function toNote(error: unknown): string | undefined {
  if (error instanceof WechatApiError) {
    const { method, path, errcode, errmsg, rid } = error
    return JSON.stringify({ method, path, errcode, text: rid ? `${errmsg} rid: ${rid}` : errmsg })
  }
  if (error instanceof WechatTransportError) {
    const { method, path, code, detail } = error
    return JSON.stringify({ method, path, code, text: detail })
  }
  return undefined
}

/** The failure that another process noted. */
export function fromNote(text: string): WechatApiError | WechatTransportError | undefined {
  const note = noteSchema.safeParse(parseJson(text))
  if (!note.success) return undefined
  const { method, path, errcode, code, text: detail } = note.data
  if (errcode !== undefined) return new WechatApiError({ method, path }, errcode, detail)
  return code && new WechatTransportError({ method, path }, code, detail)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
