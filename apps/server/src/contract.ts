// Every route of `/api` that speaks JSON: what it takes and what it answers. The server checks what it is sent by it, the
// tests what is answered; the web app has its types, and nothing else of it.
import type { z } from 'zod'
import { articlesContract } from './articles/contract.ts' // demo
import { loginContract } from './login/contract.ts'
import * as pageList from './pageList.ts'
import { contractOfPages } from './pages/contract.ts'
import { wechatContract } from './wechat/contract.ts'

export const contract = {
  ...contractOfPages(pageList),
  ...articlesContract, // demo
  ...loginContract,
  ...wechatContract,
}

export type Contract = typeof contract
export type RouteName = keyof Contract

type PartOf<Name extends RouteName, Part extends string> =
  Contract[Name] extends Record<Part, infer Schema> ? Schema : undefined

/** What a route is sent, as `params`, `query` and `body`. */
export type Sent<Name extends RouteName> = {
  [Part in 'params' | 'query' | 'body' as PartOf<Name, Part> extends z.ZodType ? Part : never]: z.input<
    Extract<PartOf<Name, Part>, z.ZodType>
  >
}

/** What a route answers. */
export type Answer<Name extends RouteName> =
  PartOf<Name, 'response'> extends z.ZodType ? z.output<PartOf<Name, 'response'>> : void

/** The routes that are the JSON of a page. */
export type PageName = {
  [Name in RouteName]: Contract[Name] extends { withHead: z.ZodType } ? Name : never
}[RouteName]

/** What a page's route answers with `?head=1`. */
export type PageAnswer<Name extends PageName> = z.output<Contract[Name]['withHead']>
