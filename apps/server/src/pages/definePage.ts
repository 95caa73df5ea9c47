import { z } from 'zod'
import { fillPath, type ParamsOf } from 'starter-server/paths'
import type { Reader } from './texts.ts'

/** How a page is known. What is left out, it has from the site. */
export interface Head {
  title?: string | undefined
  description?: string | undefined
  /** A path on this site or an absolute address. */
  image?: string | undefined
  /** Default: `website`. */
  type?: 'article' | 'website' | undefined
  /** The language of the content, e.g. `zh-CN`. */
  lang?: string | undefined
  /** What the share card shows in place of title, description and image. */
  card?: z.output<typeof cardSchema> | undefined
}

const cardSchema = z.object({
  title: z.string().optional(),
  desc: z.string().optional(),
  imgUrl: z.string().optional(),
})

/** What the app is told of a page beside its data. */
export const headSchema = z.object({
  /** The page's own path, without what belongs to one visit. */
  path: z.string(),
  title: z.string().optional(),
  card: cardSchema,
})

export type SentHead = z.output<typeof headSchema>

interface Definition<Path extends string, Answer extends z.ZodType, Parts> {
  /** As the router of the app has it: `/products/:id`. */
  path: Path
  /** What the page knows, and its JSON answers; fields that are not in it stay on the server. */
  answer: Answer
  /**
   * Finds it. Undefined: nothing is at this address, which then is a 404. What is frozen (`Object.freeze`) says that it
   * does not change: as long as the same object comes back, its page is made once and not for each visit.
   */
  load(params: ParamsOf<Path>, parts: Parts): Input<Answer> | Promise<Input<Answer>>
  head(data: z.output<Answer>): Head
  /** The code of the JSON's 404. Default: `not_found`. */
  missing?: string
  /** What people read before the app is there and without it, as HTML; put texts through `escapeHtml`. */
  shell?(data: z.output<Answer>, reader: Reader): string
  /** Fields of HTML that stand in the shell and are not sent twice: a field's name, and the selector of its element. */
  fromShell?: Partial<Record<keyof z.output<Answer> & string, string>>
  /** The picture that people see first: the browser fetches it early. */
  picture?(data: z.output<Answer>): string | undefined
  /** The addresses of this path, for the sitemap. Without parameters there is one, and it is known. */
  sitemap?(parts: Parts): ParamsOf<Path>[] | Promise<ParamsOf<Path>[]>
}

type Input<Answer extends z.ZodType> = z.input<Answer> | undefined

/** All that is shown of one address. */
export interface PageContent {
  /** The answer, checked. */
  data: unknown
  head: Head
  sentHead: SentHead
  /** The answer without what stands in the shell, and where that is. */
  inlined: { data: unknown; fromShell?: Partial<Record<string, string>> }
  shell: (reader: Reader) => string
  picture: string | undefined
  /** Whether the next visit gets this same object. */
  isKept: boolean
}

/** A page with the parts of the server that it needs. */
export interface OpenPage<Params = Record<string, string>> {
  read(params: Params): Promise<PageContent | undefined>
  addresses(): Promise<Params[]>
}

export interface Page<
  Path extends string = string,
  Api extends string = string,
  Answer extends z.ZodType = z.ZodType,
  Parts = never,
> {
  path: Path
  api: Api
  answer: Answer
  missing: string
  open: (parts: Parts) => OpenPage<ParamsOf<Path>>
}

/**
 * Says once what the addresses of one path show. The HTML of a first visit, the JSON that later navigation fetches (at
 * `api`, which is `/api` and the path), Open Graph, 404 and the sitemap follow. A page stands in `pageList.ts`.
 *
 * `load` and `sitemap` name the parts of the server that they need: `load({ id }, { store }: { store: Store }) {…}`.
 */
export function definePage<Path extends string, Answer extends z.ZodType, Parts = unknown>(
  definition: Definition<Path, Answer, Parts>,
): Page<Path, `/api${Path}`, Answer, Parts>
export function definePage<
  Path extends string,
  Api extends `/api/${string}`,
  Answer extends z.ZodType,
  Parts = unknown,
>(definition: Definition<Path, Answer, Parts> & { api: Api }): Page<Path, Api, Answer, Parts>
export function definePage<Path extends string, Answer extends z.ZodType, Parts>(
  definition: Definition<Path, Answer, Parts> & { api?: string },
): Page<Path, string, Answer, Parts> {
  const { path, api = `/api${path}`, answer, missing = 'not_found', picture, shell, fromShell } = definition
  const made = new WeakMap<object, PageContent>()

  function contentOf(found: Input<Answer>, params: ParamsOf<Path>, isKept: boolean): PageContent {
    const data = answer.parse(found)
    const head = definition.head(data)
    const { title, description: desc, image: imgUrl, card } = head
    return {
      data,
      head,
      sentHead: { path: fillPath(path, params), title, card: { title, desc, imgUrl, ...card } },
      inlined: fromShell ? { data: without(data, Object.keys(fromShell)), fromShell } : { data },
      shell: (reader) => shell?.(data, reader) ?? '',
      picture: picture?.(data),
      isKept,
    }
  }

  return {
    path,
    api,
    answer,
    missing,
    open: (parts) => ({
      async read(params) {
        const found = await definition.load(params, parts)
        if (found === undefined) return undefined
        if (!isFrozenObject(found)) return contentOf(found, params, false)
        const content = made.get(found) ?? contentOf(found, params, true)
        made.set(found, content)
        return content
      },
      addresses: async () => definition.sitemap?.(parts) ?? [],
    }),
  }
}

const isFrozenObject = (found: unknown): found is object =>
  typeof found === 'object' && found !== null && Object.isFrozen(found)

const without = (data: unknown, names: string[]): unknown =>
  Object.fromEntries(Object.entries(Object(data)).filter(([name]) => !names.includes(name)))
