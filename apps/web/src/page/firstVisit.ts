/** A page as the server wrote it into the HTML, so that the first visit shows itself without a request. */
export interface FirstVisit<Answer = unknown> {
  /** The route of its JSON, e.g. `GET /api/products/:id`, and the address at which that would be asked for. */
  route: string
  address: string
  answer: Answer
}

/** Nothing is at the address that was visited first. */
export interface MissingVisit {
  address: string
  missing: string
}

interface Inlined {
  route?: string
  address?: string
  head?: unknown
  data?: object
  fromShell?: Record<string, string>
  missing?: string
}

/** What is read of a document. */
interface WrittenPage {
  getElementById(id: string): { textContent: string | null } | null
  querySelector(selector: string): { innerHTML: string } | null
}

/**
 * Reads what `apps/server/src/pages/page.ts` writes. What people read before the app is there stands in the HTML once,
 * and is taken from there.
 */
export function readFirstVisit(document: WrittenPage): FirstVisit | MissingVisit | undefined {
  const json = document.getElementById('page')?.textContent
  if (!json) return undefined
  const { route, address, head, data, fromShell = {}, missing }: Inlined = JSON.parse(json)
  if (address === undefined) return undefined
  if (missing !== undefined) return { address, missing }
  if (route === undefined) return undefined
  const fields = Object.entries(fromShell)
  const texts = fields.map(([name, selector]) => [
    name,
    document.querySelector(`#app ${selector}`)?.innerHTML,
  ])
  return {
    route,
    address,
    answer: { head, data: fields.length > 0 ? { ...data, ...Object.fromEntries(texts) } : data },
  }
}

/** Taken when this module loads: the app takes the place of what the server wrote. */
export const firstVisit = globalThis.document ? readFirstVisit(document) : undefined
