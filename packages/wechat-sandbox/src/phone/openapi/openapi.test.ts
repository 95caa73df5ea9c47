import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import type { Router } from 'express'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { startSiteFront, type SiteFront } from '../../front/siteFront.testing.ts'
import { createPlatform } from '../../platform/platform.ts'
import { controlRoutes } from '../control.ts'
import { Orders } from '../orders.ts'
import { createPageKey } from '../pageKey.ts'
import { PersonCookies } from '../personCookies.ts'
import type { Phone } from '../phoneState.ts'
import { Tabs } from '../tabs.ts'
import { checkAnswer, described, documented, shippedDocument } from './checkAnswer.testing.ts'
import { openApiDocument } from './document.testing.ts'

let front: SiteFront
beforeAll(async () => {
  front = await startSiteFront((req, res) => {
    const echo = new URL(req.url ?? '/', 'http://site').searchParams.get('echostr')
    res.setHeader('content-type', 'text/html').end(echo ?? 'success')
  })
  front.platform.account.push.url = `${front.siteUrl}/api/wechat`
})
afterAll(() => front.close())

it('the shipped file is made from the schemas: pnpm --filter wechat-sandbox openapi writes it again', () => {
  expect(shippedDocument).toEqual(openApiDocument())
})

it('the sandbox itself serves the file', async () => {
  expect((await ask('get /../openapi.json')).body).toEqual(shippedDocument)
})

it('every route of the control is in the file, and nothing else', () => {
  const platform = createPlatform({ siteOrigin: 'http://localhost:1' })
  const orders = new Orders()
  const phoneOf = (): Phone => {
    throw new Error('nothing is asked')
  }
  const router = controlRoutes(
    platform,
    {
      phoneOf,
      orders,
      tabs: new Tabs(orders, undefined),
      pageKey: createPageKey(),
      cookies: new PersonCookies(),
    },
    async () => {},
  )
  expect(routesOf(router).sort()).toEqual(documented().sort())
})

// What needs a page that is open is held against the file by e2e/control.spec.ts, in a real browser.
const NEEDS_PAGE = [
  'post /open',
  'get /page',
  'get /config',
  'get /call',
  'post /share',
  'post /login',
  'post /tap',
]
const OF_OTHER_TYPES = ['get /events', 'get /media/{id}']
const asked = documented().filter((one) => ![...NEEDS_PAGE, ...OF_OTHER_TYPES].includes(one))

it.each(asked)('%s takes its example, and answers as the file says', async (operation) => {
  const { requestBody } = described(operation)
  const { status, body } = await ask(operation, requestBody?.content['application/json'].example)
  checkAnswer(operation, status, body)
  expect([operation, status, body]).toEqual([operation, 200, body])
})

it.each(documented().filter((one) => described(one).requestBody))(
  '%s: its example fits its own schema, and nonsense is told with 400',
  async (operation) => {
    const json = described(operation).requestBody?.content['application/json']
    expect(z.fromJSONSchema(json?.schema ?? {}).safeParse(json?.example).success).toBe(true)
    const { status, body } = await ask(operation, { nonsense: 1 })
    checkAnswer(operation, status, body)
    expect(status).toBe(400)
  },
)

it.each(NEEDS_PAGE)('%s says what to do where no page is open', async (operation) => {
  const example = described(operation).requestBody?.content['application/json'].example
  const body = typeof example === 'object' ? { ...example, wait: 0 } : undefined
  const path = operation.startsWith('get') ? `${operation}?wait=0&name=x` : operation
  const { status, body: told } = await ask(path, operation === 'post /open' ? example : body)
  checkAnswer(operation, status, told)
  expect([409, 503, 504]).toContain(status)
})

it.each(documented().filter((one) => one !== 'get /media/{id}'))(
  '%s is not for pages of the site: without the key of the phone no browser may',
  async (operation) => {
    const example = described(operation).requestBody?.content['application/json'].example
    const browsers: Record<string, string>[] = [{ origin: front.url }, { 'sec-fetch-site': 'same-origin' }]
    for (const headers of browsers) {
      const { status, body } = await ask(operation, example, headers)
      checkAnswer(operation, status, body)
      expect(status).toBe(403)
    }
  },
)

it('what happens comes as events, and a file as it is', async () => {
  const stop = new AbortController()
  const events = await fetch(`${front.url}/__wechat/phone/events`, { signal: stop.signal })
  expect(events.headers.get('content-type')).toBe('text/event-stream')
  stop.abort()
  await ask('post /act', { kind: 'picture', name: 'noon' })
  const entries = z
    .array(z.looseObject({ push: z.looseObject({ mediaId: z.string().optional() }).optional() }))
    .parse((await ask('get /conversation')).body)
  const id = entries.at(-1)?.push?.mediaId ?? ''
  const file = await fetch(`${front.url}/__wechat/phone/media/${id}`)
  expect([file.status, file.headers.get('content-type')]).toEqual([200, 'image/png'])
})

async function ask(operation: string, body?: unknown, headers: Record<string, string> = {}) {
  const [method = '', path = ''] = operation.split(' ')
  const sent = request(`${front.url}/__wechat/phone${path}`, { method: method.toUpperCase(), headers })
  sent.end(method === 'post' ? JSON.stringify(body ?? {}) : undefined)
  const [answer] = (await once(sent, 'response')) as [IncomingMessage]
  let text = ''
  for await (const chunk of answer.setEncoding('utf8')) text += String(chunk)
  return { status: answer.statusCode ?? 0, body: JSON.parse(text) as unknown }
}

function routesOf(router: Router): string[] {
  return router.stack.flatMap((layer) => {
    const { route, handle } = layer
    if (!route) return 'stack' in handle ? routesOf(handle as unknown as Router) : []
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    return route.stack
      .map(({ method }) => `${method} ${path}`)
      .filter((one, at, all) => all.indexOf(one) === at)
  })
}
