import { z } from 'zod'
import { post, type Endpoint } from '../api/endpoint.ts'
import { Errcode } from '../api/errcode.ts'
import { demand } from '../permissions.ts'
import type { Platform } from '../platform.ts'
import type { ChatRecord } from './chatRecords.ts'

const spanBody = z.object({ starttime: z.number(), endtime: z.number() })
const listBody = spanBody.extend({
  msgid: z.number().int().default(1),
  number: z.number().int().default(10_000),
})
const oldBody = spanBody.extend({
  openid: z.string().optional(),
  pageindex: z.number().int().default(1),
  pagesize: z.number().int().default(50),
})

/** 获取聊天记录: what customer service and people have said to each other. */
export function recordApis({ chatRecords, switches }: Platform): Endpoint[] {
  const within = ({ starttime, endtime }: z.output<typeof spanBody>): ChatRecord[] => {
    if (endtime < starttime) throw new Errcode(65416)
    if (endtime - starttime > 86_400) throw new Errcode(65417)
    return chatRecords.list().filter(({ at }) => at >= starttime * 1000 && at <= endtime * 1000)
  }
  return [
    post('/customservice/msgrecord/getmsglist', listBody, ({ body }) => {
      demand(switches, 'customMessage')
      if (body.msgid < 1 || body.number < 1 || body.number > 10_000) throw new Errcode(65416)
      const found = within(body)
        .filter(({ id }) => id >= body.msgid)
        .slice(0, body.number)
      return { recordlist: found.map(shown), number: found.length, msgid: found.at(-1)?.id ?? 0 }
    }),
    // Its older name, with pages.
    post('/customservice/msgrecord/getrecord', oldBody, ({ body }) => {
      demand(switches, 'customMessage')
      const { openid, pageindex, pagesize } = body
      if (pageindex < 1 || pagesize < 1 || pagesize > 50) throw new Errcode(65416)
      const found = within(body).filter((record) => openid === undefined || record.openid === openid)
      return { recordlist: found.slice((pageindex - 1) * pagesize, pageindex * pagesize).map(shown) }
    }),
  ]
}

const shown = ({ openid, code, text, at, kfAccount }: ChatRecord) => ({
  openid,
  opercode: code,
  text,
  time: Math.floor(at / 1000),
  worker: kfAccount,
})
