import type { Wx } from './wx'

/**
 * Loads Tencent's script from the first address that answers and returns its `wx`.
 *
 * @throws {Error} no address answered
 */
export async function loadWx(window: Window, urls: readonly string[]): Promise<Wx> {
  for (const url of urls) {
    if (window.wx) return window.wx
    await append(window.document, url)
  }
  if (window.wx) return window.wx
  throw new Error(`none of ${urls.join(', ') || 'no address'} gave wx`)
}

function append(document: Document, url: string): Promise<void> {
  return new Promise((done) => {
    const script = document.createElement('script')
    script.src = url
    script.onload = () => done()
    script.onerror = () => done() // the next address is tried
    document.head.append(script)
  })
}
