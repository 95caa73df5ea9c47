import type { AnsweredCall, PageLoad } from '../native/nativeApp.ts'

const KEPT = 200

/** The page that is open on a phone, and what it has called since it was loaded. */
export class OpenPage {
  #document: string | undefined
  #calls: AnsweredCall[] = []
  readonly #watchers = new Set<() => void>()

  /** A page in a frame of the page is not the one that is open. */
  loaded({ document, inner }: PageLoad): void {
    if (!inner) this.expectAnother(document)
  }

  /** What was called is of a page that is left. */
  expectAnother(document?: string): void {
    this.#document = document
    this.#calls = []
  }

  called(call: AnsweredCall): void {
    if (call.document !== this.#document) return
    this.#calls = [...this.#calls, call].slice(-KEPT)
    for (const tell of this.#watchers) tell()
  }

  /** The last answered call of that name; waits for one. Undefined: none came in that time. */
  call(name: string, ms: number): Promise<AnsweredCall | undefined> {
    const found = () => this.#calls.findLast((call) => call.name === name)
    const already = found()
    if (already) return Promise.resolve(already)
    return new Promise((done) => {
      const end = () => {
        clearTimeout(timer)
        this.#watchers.delete(look)
        done(found())
      }
      const look = () => found() && end()
      const timer = setTimeout(end, ms)
      this.#watchers.add(look)
    })
  }
}
