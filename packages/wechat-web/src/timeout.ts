import { WechatError } from './wechatError.ts'

/** Waits for work, but no longer than this. `undefined` says that time was up; the work itself goes on. */
export async function within<T>(work: Promise<T>, milliseconds: number): Promise<{ value: T } | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const silence = new Promise<undefined>((done) => (timer = setTimeout(done, milliseconds, undefined)))
  try {
    return await Promise.race([work.then((value) => ({ value })), silence])
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Waits for work as long as somebody wants it; the work itself goes on.
 *
 * @throws {WechatError} `page_left` when the signal came first
 */
export function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work
  return new Promise((done, fail) => {
    const stop = () => fail(pageLeft())
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop)
    void work.then(done, fail).then(() => signal.removeEventListener('abort', stop))
  })
}

export const pageLeft = (): WechatError =>
  new WechatError('page_left', 'the page was left before WeChat could be asked')
