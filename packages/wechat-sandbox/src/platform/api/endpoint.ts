import type { Request, Response } from 'express'
import type { z } from 'zod'

/** What a call brings, once it has passed the checks that all calls pass. */
export interface ApiCall<Body> {
  query: Record<string, unknown>
  body: Body
  req: Request
  res: Response
}

/** One API of the platform: how it is called, and what it answers. */
export interface Endpoint {
  path: string
  method: 'GET' | 'POST'
  /** `token`: an access_token is checked first. `own`: it checks AppSecret, code or the like itself. */
  auth: 'token' | 'own'
  /** The JSON body's form; undefined where there is none to be read. */
  schema: z.ZodType | undefined
  /** Nothing as body counts as `{}`. */
  mayBeEmpty: boolean
  /** The success body; undefined where it has sent its answer itself. */
  answer: (call: ApiCall<never>) => unknown
}

export type EndpointOptions = Partial<Pick<Endpoint, 'auth' | 'mayBeEmpty'>>

/** An API that is called with GET. */
export function get(
  path: string,
  answer: (call: ApiCall<undefined>) => unknown,
  options: EndpointOptions = {},
): Endpoint {
  return { ...USUAL, ...options, path, method: 'GET', schema: undefined, answer }
}

/** An API that takes JSON by POST; another form is 47001, nothing 44002. */
export function post<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  answer: (call: ApiCall<z.output<Schema>>) => unknown,
  options: EndpointOptions = {},
): Endpoint {
  return { ...USUAL, ...options, path, method: 'POST', schema, answer }
}

/** An API that takes a file by POST and reads the request itself. */
export function upload(path: string, answer: (call: ApiCall<undefined>) => unknown): Endpoint {
  return { ...USUAL, path, method: 'POST', schema: undefined, answer }
}

const USUAL = { auth: 'token', mayBeEmpty: false } as const
