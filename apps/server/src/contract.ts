// Every route of `/api` that speaks JSON: what it takes and what it answers. The server checks what it is sent by it, the
// tests what is answered; the web app has its types, and nothing else of it.
import type { z } from 'zod'
import { articlesContract } from './articles/contract.ts' // demo
import { loginContract } from './login/contract.ts'
import * as pageList from './pageList.ts'
import { contractOfPages } from './pages/contract.ts'
import type { SentHead } from './pages/definePage.ts'
import { wechatContract } from './wechat/contract.ts'

export const contract = {
  ...contractOfPages(pageList),
  ...articlesContract, // demo
  ...loginContract,
  ...wechatContract,
}

export type Contract = typeof contract
export type RouteName = keyof Contract

type Part = 'params' | 'query' | 'body'
type SchemaOf<Name extends RouteName, Key extends string> =
  Contract[Name] extends Record<Key, infer Schema> ? Schema : undefined
type InputOf<Schema> = Schema extends z.ZodType ? z.input<Schema> : undefined
type IsNeeded<Input> = Input extends undefined ? false : object extends Input ? false : true

/** What a route is sent. A part that may be empty may be left out. */
export type Sent<Name extends RouteName> = {
  [Key in Part as IsNeeded<InputOf<SchemaOf<Name, Key>>> extends true ? Key : never]: InputOf<
    SchemaOf<Name, Key>
  >
} & { [Key in Part]?: InputOf<SchemaOf<Name, Key>> }

/** What a route answers. */
export type Answer<Name extends RouteName> =
  SchemaOf<Name, 'response'> extends z.ZodType ? z.output<SchemaOf<Name, 'response'>> : void

/** The routes that are the JSON of a page. */
export type PageName = {
  [Name in RouteName]: Contract[Name] extends { withHead: z.ZodType } ? Name : never
}[RouteName]

/** What a page's route answers to the app. */
export interface PageAnswer<Name extends PageName> {
  head: SentHead
  data: Answer<Name>
}
