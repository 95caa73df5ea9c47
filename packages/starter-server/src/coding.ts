import { constants } from 'node:zlib'
import compression from 'compression'
import type { Request, RequestHandler } from 'express'
import { CODINGS, type Coding } from './openPage.ts'

// Letters of what a browser takes; to read thousands of them takes more than linear time.
const LONGEST = 200

/** Packs answers that are not packed yet, as the client accepts it. */
export function packAnswers(): RequestHandler {
  // The default is 4. From 5 on a page is a fifth smaller, and takes no more than some hundredths of a millisecond more.
  const pack = compression({ brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } } })
  return (req, res, next) => {
    // As if the client had said nothing: caches are told as ever what the answer depends on.
    if ((req.headers['accept-encoding'] ?? '').length > LONGEST) delete req.headers['accept-encoding']
    pack(req, res, next)
  }
}

/** How an answer to this request is packed best, behind `packAnswers`. */
export function codingOf(req: Request): Coding {
  const header = req.get('accept-encoding')
  if (!header) return 'identity'
  // Without weights, as browsers send it, the order of the list means nothing: what packs best is taken.
  if (!header.includes(';')) return CODINGS.find((coding) => req.acceptsEncodings(coding)) ?? 'identity'
  const accepted = req.acceptsEncodings(...CODINGS)
  return CODINGS.find((coding) => coding === accepted) ?? 'identity'
}
