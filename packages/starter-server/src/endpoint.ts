import { Router, type Request, type Response } from 'express'
import type { z } from 'zod'
import { Problem } from './problem.ts'

/** A route of `/api`: what it takes and what it answers. Without `response` it answers no JSON. */
export interface Endpoint {
  params?: z.ZodType
  query?: z.ZodType
  body?: z.ZodType
  response?: z.ZodType
}

const VERBS = ['get', 'post', 'put', 'patch', 'delete'] as const

type Part = 'params' | 'query' | 'body'
type OutputOf<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined
type InputOf<Schema> = Schema extends z.ZodType ? z.input<Schema> : void

/** What a handler gets: what was sent, checked. */
export type Given<E extends Endpoint> = { [P in Part]: OutputOf<E[P]> } & { req: Request; res: Response }

/**
 * A route of the contract. What it is sent is checked before `work` sees it; what `work` gives is answered as JSON with
 * the fields of the schema and no others, or as 204 where there is no schema and nothing was answered yet.
 *
 * @example route(ordersContract, 'PUT /api/orders/:id', ({ params, body }) => orders.change(params.id, body))
 */
export function route<Contract extends Record<string, Endpoint>, Name extends keyof Contract & string>(
  contract: Contract,
  name: Name,
  work: (given: Given<Contract[Name]>) => Answer<Contract[Name]> | Promise<Answer<Contract[Name]>>,
): Router
export function route(
  contract: Record<string, Endpoint>,
  name: string,
  work: (given: Given<Endpoint>) => unknown,
): Router {
  const endpoint = contract[name] ?? {}
  const [method, path = ''] = name.split(' ')
  const verb = VERBS.find((one) => one.toUpperCase() === method)
  if (!verb) throw new TypeError(`${name} is no route.`)
  return Router()[verb](path, async (req, res) => {
    const given = {
      params: endpoint.params && checked(endpoint.params, req.params),
      query: endpoint.query && checked(endpoint.query, req.query),
      body: endpoint.body && checked(endpoint.body, req.body),
    }
    const answer = await work(Object.assign(given, { req, res }))
    if (res.headersSent) return
    if (!res.get('cache-control')) res.set('cache-control', 'no-store')
    if (endpoint.response) res.json(endpoint.response.parse(answer))
    else res.status(204).end()
  })
}

type Answer<E extends Endpoint> = InputOf<E['response']>

/**
 * What was sent, as the schema has it.
 *
 * @param refuse makes the problem: its code is `invalid_` and the name of what is wrong (`returnTo`: `invalid_return_to`)
 * @throws {Problem} 400
 */
export function checked<Schema extends z.ZodType>(
  schema: Schema,
  sent: unknown,
  refuse: (code: string, detail: string) => Problem = refusal,
): z.output<Schema> {
  const result = schema.safeParse(sent)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const name = String(issue?.path[0] ?? 'request').replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  throw refuse(`invalid_${name}`, issue?.message ?? 'The request cannot be read.')
}

function refusal(code: string, detail: string): Problem {
  return new Problem({ status: 400, code, title: 'Invalid request', detail })
}
