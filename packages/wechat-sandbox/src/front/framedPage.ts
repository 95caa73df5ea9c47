import { randomBytes } from 'node:crypto'
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { pipeline, type Readable, type Transform } from 'node:stream'
import { createBrotliDecompress, createInflateRaw, createUnzip } from 'node:zlib'
import { insertTag } from './insertTag.ts'
import { widenPolicy } from './pagePolicy.ts'
import { guardWorker } from './serviceWorker.ts'

/** What the bridge is put in by. */
export interface BridgeTag {
  /** Path and query of its script. */
  path: string
  /** The origin at which the browser has the page. */
  origin: string
  /** Other paths there that scripts of the page may be led to. */
  besides: readonly string[]
}

/** Whether an answer is a page that the bridge goes into. */
export function isPage({ statusCode = 0, headers }: IncomingMessage, start: Buffer): boolean {
  if (statusCode === 204 || statusCode === 304 || start.length === 0 || !isReadable(headers)) return false
  const type = headers['content-type']
  if (type !== undefined) return /^\s*text\/html\b/i.test(type)
  return headers['content-encoding'] === undefined && LOOKS_LIKE_A_PAGE.test(start.toString('latin1', 0, 512))
}

// What is told of a text, and is not true any more once something is put into it.
const OF_ANOTHER_TEXT = ['content-length', 'content-encoding', 'etag', 'content-md5', 'digest']

// What browsers look for, where no type is given (MIME sniffing).
const LOOKS_LIKE_A_PAGE =
  /^(?:\xef\xbb\xbf)?[\t\n\f\r ]*<(?:!doctype html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p|!--)[ >]/i

/**
 * Sends a page on with the bridge as its first script, as it comes. Nothing else of it changes.
 *
 * @param start the first bytes of the answer, which were read already
 */
export function sendFramed(
  answer: IncomingMessage,
  start: Buffer,
  { res, headers, tag }: { res: ServerResponse; headers: OutgoingHttpHeaders; tag: BridgeTag },
): void {
  const nonce = randomBytes(16).toString('base64url')
  const sent = { ...headers }
  // Who frames the page is the phone.
  for (const name of [...OF_ANOTHER_TEXT, 'x-frame-options']) delete sent[name]
  let policed = ''
  for (const name of ['content-security-policy', 'content-security-policy-report-only'] as const) {
    const policy = sent[name]
    if (policy === undefined) continue
    delete sent[name]
    const bridge = tag.origin + tag.path.split('?', 1)[0]
    const besides = tag.besides.map((path) => tag.origin + path)
    const widened = widenPolicy([policy].flat().join(', '), bridge, nonce, besides)
    if (widened !== undefined) sent[name] = widened
    policed += widened ?? ''
  }
  const nonceAttribute = policed.includes(nonce) ? ` nonce="${nonce}"` : ''
  res.writeHead(answer.statusCode ?? 502, sent)
  const script = insertTag(`<script src="${tag.path}"${nonceAttribute}></script>`)
  sendThrough(answer, start, { res, change: script })
}

/** Sends a service worker's script on, guarded: it serves no pages. */
export function sendWorker(
  answer: IncomingMessage,
  start: Buffer,
  { res, headers }: { res: ServerResponse; headers: OutgoingHttpHeaders },
): void {
  const sent = { ...headers }
  for (const name of OF_ANOTHER_TEXT) delete sent[name]
  res.writeHead(answer.statusCode ?? 502, sent)
  sendThrough(answer, start, { res, change: guardWorker() })
}

function sendThrough(
  answer: IncomingMessage,
  start: Buffer,
  { res, change }: { res: ServerResponse; change: Transform },
): void {
  const stages = [...decoders(answer.headers, start), change]
  stages[0]?.write(start)
  pipeline([answer, ...stages, res] as [Readable, ...Transform[], ServerResponse], () => {
    if (!res.writableFinished) res.destroy()
  })
}

const isReadable = (headers: IncomingHttpHeaders): boolean =>
  /^(?:|identity|gzip|x-gzip|deflate|br)$/i.test((headers['content-encoding'] ?? '').trim())

// Asked for as it is, it may come compressed all the same.
function decoders(headers: IncomingHttpHeaders, start: Buffer): Transform[] {
  switch ((headers['content-encoding'] ?? '').trim().toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return [createUnzip()]
    case 'deflate':
      // Some send it bare: the low half of a zlib stream's first byte is 8.
      return [((start[0] ?? 0) & 0x0f) === 8 ? createUnzip() : createInflateRaw()]
    case 'br':
      return [createBrotliDecompress()]
    default:
      return []
  }
}
