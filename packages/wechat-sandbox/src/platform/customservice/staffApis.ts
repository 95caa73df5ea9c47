import { z } from 'zod'
import { sendJson } from '../api/answers.ts'
import { either, get, post, upload, type Endpoint } from '../api/endpoint.ts'
import { Errcode } from '../api/errcode.ts'
import { readFileForm } from '../media/fileForm.ts'
import { checkFile } from '../media/fileKinds.ts'
import { demand } from '../permissions.ts'
import type { Platform } from '../platform.ts'
import { publicAddress } from '../publicAddress.ts'
import type { StaffMember } from './staff.ts'

const text = z.string()
const accountBody = z.object({ kf_account: text.default('') })
const nameBody = accountBody.extend({ nickname: text.default('') })
const inviteBody = accountBody.extend({ invite_wx: text.default('') })
const OK = { errcode: 0, errmsg: 'ok' }

/** 客服管理: the accounts of the customer service. */
export function staffApis(platform: Platform): Endpoint[] {
  const { desk, materials, staff, switches } = platform
  const mayServe = () => demand(switches, 'customMessage')
  const isAtOnce = () => switches.get('kfBinding') === 'at once'
  return [
    post('/customservice/kfaccount/add', nameBody, ({ body: { kf_account, nickname } }) => {
      mayServe()
      staff.add(kf_account, nickname, { isStaffed: isAtOnce() })
      return OK
    }),
    post('/customservice/kfaccount/update', nameBody, ({ body: { kf_account, nickname } }) => {
      mayServe()
      staff.rename(kf_account, nickname)
      return OK
    }),
    // Older documents: GET with a query; newer ones: POST.
    either('/customservice/kfaccount/del', accountBody, ({ body }) => {
      mayServe()
      staff.remove(body.kf_account)
      return OK
    }),
    post('/customservice/kfaccount/inviteworker', inviteBody, ({ body: { kf_account, invite_wx } }) => {
      mayServe()
      staff.invite(kf_account, invite_wx, { isAccepted: isAtOnce() })
      return OK
    }),
    upload('/customservice/kfaccount/uploadheadimg', async ({ query, req, res }) => {
      mayServe()
      const account = String(query['kf_account'] ?? '')
      staff.get(account)
      const { file } = await readFileForm(req)
      const id = materials.add({ type: 'inline', name: file.name, ...checkFile(file, 'articleImage') })
      staff.dress(account, publicAddress(platform, req, `/mmbiz/${id}`))
      sendJson(res, req.path, OK)
    }),
    get('/cgi-bin/customservice/getkflist', () => {
      mayServe()
      return { kf_list: staff.list().map(listed) }
    }),
    get('/cgi-bin/customservice/getonlinekflist', () => {
      mayServe()
      return {
        kf_online_list: staff.online().map(({ account, id }) => ({
          kf_account: account,
          status: 1,
          kf_id: id,
          accepted_case: desk.sessionsOf(account).length,
        })),
      }
    }),
  ]
}

const listed = ({ account, id, nickname, picture, wechat, invitation }: StaffMember) => ({
  kf_account: account,
  kf_headimgurl: picture,
  kf_id: id,
  kf_nick: nickname,
  ...(wechat === undefined ? {} : { kf_wx: wechat }),
  ...(invitation && {
    invite_wx: invitation.wechat,
    invite_expire_time: Math.floor(invitation.expiresAt / 1000),
    invite_status: invitation.status,
  }),
})

/** @throws {Errcode} 65401 where a message comes from an account that there is not */
export function knownSender({ staff }: Platform, account: string | undefined): string | undefined {
  if (account !== undefined && !staff.has(account)) throw new Errcode(65401)
  return account
}
