import { readFileSync } from 'node:fs'
import { z } from 'zod'
import * as answers from './answers.testing.ts'
import { OPERATIONS, type Operation } from './operations.testing.ts'

const PACKAGE = new URL('../../../package.json', import.meta.url)
const DESCRIPTION = `WeChat on your machine, as \`npx wechat-sandbox SITE\` starts it, driven from any language.

Every operation takes \`?phone=\` (small letters and digits; without it, the phone of programs), so that several phones are open at once, and \`?as=\` (the id of a person) where it matters who holds it.

It answers this machine only, under \`localhost\`, \`127.0.0.1\` and \`[::1]\`. No page in a browser may ask, not even the site's own: only programs, and the phone itself, whose document has a key that no page can read.`

const REASONS: Record<number, string> = {
  400: 'Something in the request is wrong; `error` says what',
  403: 'Not for whoever asks: another machine, or a page in a browser, also of the site itself',
  404: 'There is no such file',
  409: 'It cannot be done on the page that is open; `error` says why',
  503: 'No tab shows the phone, and no Chromium could be started; `error` says what to do',
  504: 'It has not happened in that time',
}

type Json = Record<string, unknown>

/** The OpenAPI document of the control, from the schemas that its routes check with. */
export function openApiDocument(): Json {
  const { version } = JSON.parse(readFileSync(PACKAGE, 'utf8')) as { version: string }
  const paths: Record<string, Json> = {}
  for (const operation of OPERATIONS)
    paths[operation.path] = { ...paths[operation.path], [operation.method]: describe(operation) }
  return {
    openapi: '3.1.0',
    info: { title: 'wechat-sandbox: control of the phone', version, description: DESCRIPTION },
    servers: [
      {
        url: 'http://localhost:{port}/__wechat/phone',
        variables: { port: { default: '5180', description: 'of `--port`' } },
      },
    ],
    tags: [
      { name: 'programs', description: 'Drives the phone. Answers programs only.' },
      {
        name: 'everybody',
        description: 'What the panel of the phone shows and changes, for programs as well.',
      },
      { name: 'tab', description: 'What the tab that shows a phone tells. Of no use to others.' },
    ],
    paths,
    components: {
      schemas: Object.fromEntries(
        Object.entries(answers).map(([name, schema]) => [nameOf(name), jsonSchema(schema, 'output')]),
      ),
      parameters: {
        phone: parameter(
          'phone',
          z
            .string()
            .regex(/^[a-z0-9]{0,32}$/)
            .describe('which phone; default: that of programs'),
        ),
        as: parameter('as', z.string().describe('id of who holds the phone, for this request')),
      },
      responses: Object.fromEntries(
        Object.entries(REASONS).map(([status, description]) => [
          status,
          { description, content: contentOf(answers.problem) },
        ]),
      ),
    },
  }
}

function describe(operation: Operation): Json {
  const { method, path, summary, query = {}, body, example, answer, refusals = [] } = operation
  return {
    operationId: idOf(method, path),
    summary,
    tags: [operation.for ?? 'everybody'],
    parameters: [
      ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => {
        return { name, in: 'path', required: true, schema: { type: 'string' } }
      }),
      { $ref: '#/components/parameters/phone' },
      { $ref: '#/components/parameters/as' },
      ...Object.entries(query).map(([name, schema]) => parameter(name, schema, name === 'name')),
    ],
    ...(body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: jsonSchema(body, 'input'), example } },
          },
        }
      : {}),
    responses: Object.fromEntries([
      ['200', { description: 'Done', content: contentOf(answer) }],
      ...[400, 403, ...refusals].map((status) => [status, { $ref: `#/components/responses/${status}` }]),
    ]),
  }
}

function contentOf(answer: Operation['answer']): Json {
  if (answer === 'events') return { 'text/event-stream': { schema: { type: 'string' } } }
  if (answer === 'file') return { '*/*': { schema: { type: 'string', format: 'binary' } } }
  const name = Object.entries(answers).find(([, schema]) => schema === answer)?.[0]
  if (name === undefined) throw new Error('answers.testing.ts has no such answer')
  return { 'application/json': { schema: { $ref: `#/components/schemas/${nameOf(name)}` } } }
}

function parameter(name: string, schema: z.ZodType, required = false): Json {
  const { description, ...rest } = jsonSchema(schema, 'input')
  return { name, in: 'query', required, ...(description ? { description } : {}), schema: rest }
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io })
  return rest
}

const nameOf = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1)

const idOf = (method: string, path: string): string =>
  method + path.replace(/[/{]+(\w)/g, (_whole, letter: string) => letter.toUpperCase()).replace(/\W/g, '')
