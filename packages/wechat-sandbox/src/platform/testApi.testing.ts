// A platform on a real port for the tests of this folder, with the site's half of its API.
import { startPlatform, type RunningPlatform } from './startPlatform.ts'
import type { PlatformOptions } from './platform.ts'

export interface TestApi {
  platform: RunningPlatform
  /** Calls an API; the answer's JSON. `access_token` is added unless it is given. */
  get: (path: string, query?: Record<string, string>) => Promise<Record<string, unknown>>
  post: (path: string, body: unknown, query?: Record<string, string>) => Promise<Record<string, unknown>>
  /** Posts a form with a file in the field `media`. */
  upload: (
    path: string,
    file: File,
    more?: { query?: Fields; form?: Fields },
  ) => Promise<Record<string, unknown>>
  fetch: (path: string, init?: RequestInit) => Promise<Response>
  /** Moves the clock, which stands still otherwise. */
  forward: (seconds: number) => void
  close: () => Promise<void>
}

type Fields = Record<string, string>

/** The first bytes of a PNG, and as many more as are wanted. */
export const png = (bytes = 100, name = 'a.png'): File =>
  new File([Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(bytes - 8)])], name, {
    type: 'image/png',
  })

export const SITE = 'https://h5.example.com'
const START = 1_760_000_000_000

export async function startTestApi(options: Partial<PlatformOptions> = {}): Promise<TestApi> {
  const platform = await startPlatform({ siteOrigin: SITE, now: () => START, ...options })
  const call = async (path: string, query: Record<string, string>, init?: RequestInit) => {
    const { access_token } = platform.tokens.issueStable(false)
    const response = await fetch(
      `${platform.url}${path}?${new URLSearchParams({ access_token, ...query })}`,
      init,
    )
    if (response.status !== 200) throw new Error(`${path} answered with status ${response.status}`)
    return JSON.parse(await response.text()) as Record<string, unknown>
  }
  return {
    platform,
    get: (path, query = {}) => call(path, query),
    post: (path, body, query = {}) =>
      call(path, query, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) }),
    upload(path, file, { query = {}, form: fields = {} } = {}) {
      const form = new FormData()
      form.set('media', file)
      for (const [name, value] of Object.entries(fields)) form.set(name, value)
      return call(path, query, { method: 'POST', body: form })
    },
    fetch: (path, init) => fetch(platform.url + path, init),
    forward: platform.clock.forward,
    close: platform.close,
  }
}
