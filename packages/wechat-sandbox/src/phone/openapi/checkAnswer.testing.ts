import { readFileSync } from 'node:fs'
import { z } from 'zod'

type Schema = Parameters<typeof z.fromJSONSchema>[0]
interface Described {
  tags: string[]
  requestBody?: { content: { 'application/json': { schema: Schema; example: unknown } } }
  responses: Record<string, Response | { $ref: string }>
}
interface Response {
  content: Record<string, { schema: { $ref: string } }>
}
interface Document {
  paths: Record<string, Record<string, Described>>
  components: { schemas: Record<string, Schema>; responses: Record<string, Response> }
}

/** The document as it comes with the package. */
export const shippedDocument = JSON.parse(
  readFileSync(new URL('../../../openapi.json', import.meta.url), 'utf8'),
) as Document

/** All operations of the shipped document, as `post /open`. */
export const documented = (): string[] =>
  Object.entries(shippedDocument.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  )

export function described(operation: string): Described {
  const [method = '', path = ''] = operation.split(' ')
  const found = shippedDocument.paths[path]?.[method]
  if (!found) throw new Error(`the document has no ${operation}`)
  return found
}

/** Whether an answer is what the shipped document says. @throws {Error} that says where it is not */
export function checkAnswer(operation: string, status: number, body: unknown): void {
  const { schemas, responses } = shippedDocument.components
  const found = described(operation).responses[String(status)]
  const response = found && '$ref' in found ? responses[lastOf(found.$ref)] : found
  const content = response?.content['application/json']
  const schema = content && schemas[lastOf(content.schema.$ref)]
  if (schema === undefined)
    throw new Error(`${operation} does not answer ${status} in JSON: ${JSON.stringify(body)}`)
  const read = z.fromJSONSchema(schema).safeParse(body)
  if (!read.success) throw new Error(`${operation}, ${status}: ${z.prettifyError(read.error)}`)
}

const lastOf = (reference: string): string => reference.split('/').at(-1) ?? ''
