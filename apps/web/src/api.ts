import type { Answer, PageAnswer, PageName, RouteName, Sent } from '@app/server/contract'
import type { AxiosResponse } from 'axios'
import type { Sign } from 'wechat-web'
import { ApiError } from './apiError'

interface Options {
  signal?: AbortSignal | undefined
  /** A body that is no JSON. */
  file?: Blob | undefined
}
type Input<Name extends RouteName> = Sent<Name> & Options
type Inputs<Name extends RouteName> = object extends Sent<Name> ? [input?: Input<Name>] : [input: Input<Name>]
interface AnyInput extends Options {
  params?: unknown
  query?: unknown
  body?: unknown
  accept?: string
}

/**
 * Asks our API, as the contract has it.
 *
 * @example const { user } = await call('GET /api/session')
 * @throws {ApiError} with the code of the refusal
 */
export async function call<Name extends RouteName>(
  name: Name,
  ...[input]: Inputs<Name>
): Promise<Answer<Name>> {
  return (await send<Answer<Name>>(name, input)).data
}

/** Fetches the JSON of a page, with what the app has to know beside it. */
export async function fetchPage<Name extends PageName>(
  name: Name,
  params: unknown,
): Promise<PageAnswer<Name>> {
  return (await send<PageAnswer<Name>>(name, { params, accept: 'application/vnd.page+json' })).data
}

/** Asks for a `wx.config` of this address. */
export const signPage: Sign = async (url, { refresh, signal }) => {
  const name = 'GET /api/wechat/signature'
  const { data, headers } = await send<Answer<typeof name>>(name, {
    query: refresh ? { url, refresh: '1' } : { url },
    signal,
  })
  const seconds: unknown = headers['wechat-recheck-after']
  return seconds === undefined ? data : { ...data, recheckAt: Date.now() + Number(seconds) * 1000 }
}

/** Where a route is, with its parameters put in. */
export function addressOf(name: RouteName, params: unknown): string {
  const values = new Map<string, unknown>(Object.entries(Object(params)))
  const path = name.slice(name.indexOf(' ') + 1)
  return path.replace(/:(\w+)/g, (_, param: string) => encodeURIComponent(String(values.get(param))))
}

const UPLOAD_TIMEOUT = 120_000 // a phone in a train takes its time

async function send<Data>(name: RouteName, input: AnyInput = {}): Promise<AxiosResponse<Data>> {
  const { params, query, body, file, signal, accept = 'application/json' } = input
  const [method] = name.split(' ', 1)
  const client = await http()
  const url = addressOf(name, params)
  return client.request<Data>({
    method,
    url,
    params: query,
    data: file ?? body,
    signal,
    timeout: file && UPLOAD_TIMEOUT,
    headers: file ? { accept, 'content-type': 'application/octet-stream' } : { accept },
  })
}

/** Fetches what a first request needs, so that it is there when the request comes. */
export const warmUp = (): void => void http().catch(() => undefined)

// The first page has its data in the HTML and asks for nothing, so axios is a chunk of its own.
async function http() {
  try {
    return (await import('./http')).http
  } catch {
    throw new ApiError('offline', undefined, 'a part of this app could not be loaded')
  }
}
