import type { IncomingMessage } from 'node:http'
import type { PushQuery } from './callbackReceiver.ts'
import { PushError } from './pushError.ts'

// In bytes. WeChat's own bodies are a few kilobytes.
const LARGEST_BODY = 65_536

/** The query of a request; a parameter that is given twice is a list. */
export function readQuery(req: IncomingMessage): PushQuery {
  const address = req.url ?? ''
  const start = address.indexOf('?')
  const query: PushQuery = Object.create(null)
  for (const [name, value] of new URLSearchParams(start < 0 ? '' : address.slice(start)))
    query[name] = name in query ? [query[name], value] : value
  return query
}

/**
 * The whole body of a request.
 *
 * @throws {PushError} `too_large`, or `malformed` for a compressed or broken-off one
 * @throws {TypeError} somebody else has read it already
 */
export async function readBody(req: IncomingMessage): Promise<Buffer> {
  if (req.readableEnded)
    throw new TypeError('The body was read before wechatPush saw it. Mount wechatPush before body parsers.')
  if ((req.headers['content-encoding'] ?? 'identity') !== 'identity')
    throw new PushError('malformed', 'The body cannot be read: it is compressed.')
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of req.iterator({ destroyOnReturn: false })) {
      const bytes = Buffer.from(chunk)
      size += bytes.length
      if (size > LARGEST_BODY) break
      chunks.push(bytes)
    }
  } catch {
    throw new PushError('malformed', 'The body broke off.')
  }
  if (size > LARGEST_BODY) {
    req.resume() // what still comes is thrown away, so that the sender gets to read the answer
    throw new PushError('too_large', `The body is over ${LARGEST_BODY} bytes.`)
  }
  return Buffer.concat(chunks)
}
