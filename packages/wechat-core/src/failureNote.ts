import { z } from 'zod'
import { WechatApiError, WechatTransportError } from './errors.ts'

const TRANSPORT = z.enum(['wechat_timeout', 'wechat_unreachable', 'wechat_bad_response'])
const noteSchema = z.object({
  method: z.enum(['GET', 'POST']),
  path: z.string(),
  errcode: z.number().optional(),
  text: z.string(),
  code: TRANSPORT.optional(),
  pause: z.number().positive(),
  at: z.number(),
})

/** For how many milliseconds nobody asks again, and when that was decided: which tells two notes apart. */
interface Pause {
  pause: number
  at: number
}

/** A failure, and for how many milliseconds nobody asks again. */
export interface FailureNote {
  error: WechatApiError | WechatTransportError
  pause: number
}

/** A failure as a note for other processes, or undefined for one that is none of WeChat's. */
export function toNote(error: unknown, pause: Pause): string | undefined {
  if (error instanceof WechatApiError) {
    const { method, path, errcode, errmsg, rid } = error
    return JSON.stringify({ method, path, errcode, text: rid ? `${errmsg} rid: ${rid}` : errmsg, ...pause })
  }
  if (error instanceof WechatTransportError) {
    const { method, path, code, detail } = error
    return JSON.stringify({ method, path, code, text: detail, ...pause })
  }
  return undefined
}

/** The failure that another process noted; undefined for what nobody can read. */
export function fromNote(text: string): FailureNote | undefined {
  const note = noteSchema.safeParse(parseJson(text))
  if (!note.success) return undefined
  const { method, path, errcode, code, text: detail, pause } = note.data
  if (errcode !== undefined) return { error: new WechatApiError({ method, path }, errcode, detail), pause }
  return code && { error: new WechatTransportError({ method, path }, code, detail), pause }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
