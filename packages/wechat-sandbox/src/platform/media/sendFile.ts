import { noteOutcome } from '../api/answers.ts'
import type { ApiCall } from '../api/endpoint.ts'
import { endingOf } from './fileKinds.ts'
import type { MediaFile } from './media.ts'

/** Answers a call with a file. */
export function sendFile(res: ApiCall['res'], { contentType, bytes }: MediaFile): undefined {
  noteOutcome(res, { errcode: 0, errmsg: `ok, ${bytes.length} bytes` })
  res
    .set('content-disposition', `attachment; filename="media.${endingOf(contentType)}"`)
    .type(contentType)
    .send(bytes)
}
