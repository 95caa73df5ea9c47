import type { IncomingMessage } from 'node:http'
import type { PushQuery } from './pushDoor.ts'
import { PushError } from './pushError.ts'

/** The most that is read of a body, in bytes. WeChat's own are a few kilobytes. */
export const LARGEST_BODY = 65_536

/** The query of a request; a parameter that is given twice is a list. */
export function readQuery(req: IncomingMessage): PushQuery {
  const params = new URLSearchParams((req.url ?? '').split('?').slice(1).join('?'))
  const entries = [...new Set(params.keys())].map((name) => {
    const values = params.getAll(name)
    return [name, values.length === 1 ? values[0] : values]
  })
  return Object.fromEntries(entries) as PushQuery
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
    throw new PushError('malformed', 'The body can not be read: it is compressed.')
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
