import { z } from 'zod'
import { headSchema, type Page } from './definePage.ts'
import type { ParamsOf } from 'starter-server/paths'

/** What the app asks for, by `Accept`: `{ head, data }` in place of the data alone. */
export const PAGE_TYPE = 'application/vnd.page+json'

type PageList = Record<string, Pick<Page, 'api' | 'answer'>>

/** The routes of pages: their JSON, and that JSON beside what the app has to know of the page, as {@link PAGE_TYPE}. */
export type ContractOfPages<Pages extends PageList> = {
  [Name in keyof Pages as `GET ${Pages[Name]['api']}`]: {
    params: z.ZodType<ParamsOf<Pages[Name]['api']>, ParamsOf<Pages[Name]['api']>>
    response: Pages[Name]['answer']
    withHead: z.ZodObject<{ head: typeof headSchema; data: Pages[Name]['answer'] }>
  }
}

export function contractOfPages<Pages extends PageList>(pages: Pages): ContractOfPages<Pages>
export function contractOfPages(pages: PageList): object {
  const entries = Object.values(pages).map(({ api, answer }) => {
    const names = [...api.matchAll(/:(\w+)/g)].map(([, name = '']) => [name, z.string()])
    const params = z.object(Object.fromEntries(names))
    const withHead = z.object({ head: headSchema, data: answer })
    return [`GET ${api}`, { params, response: answer, withHead }]
  })
  return Object.fromEntries(entries)
}
