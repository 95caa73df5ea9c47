import { Router } from 'express'
import { Problem } from 'starter-server/problem'
import type { OpenPage, Page, PageContent } from './definePage.ts'
import { PAGE_TYPE } from './contract.ts'
import { bySpecificity, fillPath, matchSegments, segmentsOf } from 'starter-server/paths'

/** What an address shows: `undefined` where no page is defined, which is the app alone. */
export type Shown =
  | ({ /** Of its JSON. */ route: string; address: () => string } & (
      { content: PageContent } | { missing: string }
    ))
  | undefined

/** The pages of this site. */
export interface Pages {
  find(path: string): Promise<Shown>
  /** The JSON of each page. */
  routes(): Router
  /** The path of every page that is there. */
  addresses(): Promise<string[]>
}

interface OpenedPage {
  path: string
  segments: string[]
  api: string
  missing: string
  page: OpenPage
}

/** Gives each page the parts that it needs. */
export function openPages<Parts>(
  list: Record<string, Page<string, string, Page['answer'], Parts>>,
  parts: Parts,
): Pages {
  const pages: OpenedPage[] = Object.values(list)
    .map(({ path, api, missing, open }) => ({
      path,
      segments: segmentsOf(path),
      api,
      missing,
      page: open(parts),
    }))
    .sort(bySpecificity)

  return {
    async find(asked) {
      const given = segmentsOf(asked)
      for (const { segments, api, missing, page } of pages) {
        const params = matchSegments(segments, given)
        if (!params) continue
        const content = await page.read(params)
        const found = content ? { content } : { missing }
        return { route: `GET ${api}`, address: () => fillPath(api, params), ...found }
      }
      return undefined
    },
    routes: () => pages.reduce((router, page) => router.use(jsonOf(page)), Router()),
    async addresses() {
      const all = pages.map(async ({ path, page }) => {
        if (!path.includes(':')) return [path]
        return (await page.addresses()).map((params) => fillPath(path, params))
      })
      return (await Promise.all(all)).flat()
    },
  }
}

// For the app the data comes with what it has to know beside it: the title and the card.
function jsonOf({ api, missing, page }: OpenedPage): Router {
  return Router().get(api, async (req, res) => {
    const content = await page.read(textsOf(req.params))
    if (!content) throw nothingHere(missing)
    const { data, sentHead: head } = content
    res.set('cache-control', 'no-cache').vary('Accept')
    if (req.accepts(['json', PAGE_TYPE]) === PAGE_TYPE) res.type(PAGE_TYPE).json({ head, data })
    else res.json(data)
  })
}

const textsOf = (params: Record<string, string | string[]>): Record<string, string> =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)]))

function nothingHere(code: string): Problem {
  const detail = 'There is nothing at this address; it may have moved.'
  return new Problem({ status: 404, code, title: 'Not found', detail })
}
