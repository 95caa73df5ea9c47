import type { Request, Response } from 'express'
import type { z } from 'zod'
import { Errcode } from './errcode.ts'

/** What a call brings, once it has passed the checks that all calls pass. */
export interface ApiCall {
  query: Record<string, unknown>
  req: Request
  res: Response
}

/** One API of the platform: how it is called, and what it answers. */
export interface Endpoint {
  path: string
  method: 'GET' | 'POST' | 'ANY'
  /** `token`: an access_token is checked first. `own`: it checks AppSecret, code or the like itself. */
  auth: 'token' | 'own'
  /**
   * @param text the request's body
   * @returns the success body; undefined where the answer was sent
   */
  answer: (call: ApiCall, text: string) => unknown
}

type Auth = Partial<Pick<Endpoint, 'auth'>>
type PostOptions = Auth & { mayBeEmpty?: boolean; read?: (text: string) => unknown }

/** An API that is called with GET. */
export function get(
  path: string,
  answer: (call: ApiCall) => unknown,
  { auth = 'token' }: Auth = {},
): Endpoint {
  return { path, method: 'GET', auth, answer }
}

/**
 * An API that takes JSON by POST; another form is 47001, nothing 44002.
 *
 * @param options `mayBeEmpty`: nothing counts as `{}`; `read`: understands another form than JSON, undefined for what
 *   it does not
 */
export function post<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  answer: (call: ApiCall & { body: z.output<Schema> }) => unknown,
  { auth = 'token', mayBeEmpty = false, read }: PostOptions = {},
): Endpoint {
  return {
    path,
    method: 'POST',
    auth,
    answer(call, text) {
      if (text === '' && !mayBeEmpty) throw new Errcode(44002)
      const body = schema.safeParse(read?.(text) ?? parseJson(text || '{}'))
      if (!body.success) throw new Errcode(47001)
      return answer({ ...call, body: body.data })
    },
  }
}

/** An API that takes a file by POST and reads the request itself. */
export function upload(path: string, answer: (call: ApiCall) => unknown): Endpoint {
  return { path, method: 'POST', auth: 'token', answer }
}

/** An API that some documents call with GET and a query, others with POST and JSON: what either brings is one. */
export function either<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  answer: (call: ApiCall & { body: z.output<Schema> }) => unknown,
): Endpoint {
  return {
    path,
    method: 'ANY',
    auth: 'token',
    answer(call, text) {
      const sent = text === '' ? {} : parseJson(text)
      const body = schema.safeParse(isFields(sent) ? { ...call.query, ...sent } : sent)
      if (!body.success) throw new Errcode(47001)
      return answer({ ...call, body: body.data })
    },
  }
}

const isFields = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
