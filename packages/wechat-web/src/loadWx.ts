import type { Wx } from './wx.ts'

export interface LoadWxOptions {
  /** Milliseconds after which the next address is tried beside one that does not answer. */
  timeout: number
  /** Hears that a script came after all, when it was given up. */
  onLate: () => void
}

/**
 * Loads Tencent's script from the first address that answers and returns its `wx`. One that hangs is not waited for;
 * if it comes late it replaces nothing, because configs and handlers belong to the `wx` that was first.
 *
 * @throws {Error} no address answered
 */
export function loadWx(
  window: Window,
  urls: readonly string[],
  { timeout, onLate }: LoadWxOptions,
): Promise<Wx> {
  return new Promise((done, fail) => {
    let first: Wx | undefined
    let isGivenUp = false

    function next([url, ...others]: readonly string[]): void {
      if (window.wx) return done((first ??= window.wx))
      if (url === undefined) {
        isGivenUp = true
        return fail(new Error(`none of ${urls.join(', ') || 'no address'} gave wx`))
      }
      const timer = setTimeout(goOn, timeout)
      let isOver = false
      function goOn(): void {
        if (isOver) return
        isOver = true
        clearTimeout(timer)
        if (!first) next(others)
      }
      append(window.document, url, () => {
        if (first) window.wx = first
        else if (window.wx) {
          done((first = window.wx))
          if (isGivenUp) onLate()
        }
        goOn()
      })
    }
    next(urls)
  })
}

function append(document: Document, url: string, onEnd: () => void): void {
  const script = document.createElement('script')
  script.src = url
  script.onload = script.onerror = onEnd
  document.head.append(script)
}
