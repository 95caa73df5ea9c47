import { z } from 'zod'
import { get, post, type Endpoint } from '../api/endpoint.ts'
import { Errcode } from '../api/errcode.ts'
import { demand } from '../permissions.ts'
import type { Platform } from '../platform.ts'

const pairBody = z.object({ kf_account: z.string().default(''), openid: z.string().default('') })
const OK = { errcode: 0, errmsg: 'ok' }
const MOST_WAITING = 100

/** 客服会话控制: who of the customer service talks with whom. */
export function sessionApis({ desk, identities, staff, switches }: Platform): Endpoint[] {
  const mayServe = () => demand(switches, 'customMessage')
  const checkOpenid = (openid: unknown): string => {
    if (typeof openid !== 'string' || !identities.personOf(openid)) throw new Errcode(40003)
    return openid
  }
  return [
    post('/customservice/kfsession/create', pairBody, ({ body: { kf_account, openid } }) => {
      mayServe()
      desk.open(checkOpenid(openid), kf_account)
      return OK
    }),
    post('/customservice/kfsession/close', pairBody, ({ body: { kf_account, openid } }) => {
      mayServe()
      desk.close(checkOpenid(openid), kf_account)
      return OK
    }),
    get('/customservice/kfsession/getsession', ({ query }) => {
      mayServe()
      const session = desk.session(checkOpenid(query['openid']))
      return {
        createtime: session ? secondsOf(session.createdAt) : 0,
        kf_account: session?.kfAccount ?? '',
      }
    }),
    get('/customservice/kfsession/getsessionlist', ({ query }) => {
      mayServe()
      const { account } = staff.get(String(query['kf_account'] ?? ''))
      const list = desk.sessionsOf(account)
      return {
        sessionlist: list.map(({ createdAt, openid }) => ({ createtime: secondsOf(createdAt), openid })),
      }
    }),
    get('/customservice/kfsession/getwaitcase', () => {
      mayServe()
      const waiting = desk.waiting()
      const shown = waiting.slice(0, MOST_WAITING)
      return {
        count: waiting.length,
        waitcaselist: shown.map(({ openid, latestAt }) => ({ latest_time: secondsOf(latestAt), openid })),
      }
    }),
  ]
}

const secondsOf = (ms: number): number => Math.floor(ms / 1000)
