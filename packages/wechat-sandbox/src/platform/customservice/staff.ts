import { Errcode } from '../api/errcode.ts'

/** One account of the customer service, and who sits behind it. */
export interface StaffMember {
  account: string
  id: string
  nickname: string
  /** An address, or nothing. */
  picture: string
  /** The WeChat of whoever sits behind it. */
  wechat: string | undefined
  invitation: Invitation | undefined
}

interface Invitation {
  wechat: string
  /** Milliseconds since 1970. */
  expiresAt: number
  status: 'waiting' | 'rejected' | 'expired'
}

const MOST = 100
const INVITATION_LIFE = 86_400_000 // 绑定邀请 (believed)
// 添加客服账号: a prefix of 10, and the account's WeChat id; which one that is, the sandbox does not ask.
const ACCOUNT = /^[A-Za-z0-9_]{1,10}@[\w-]{1,30}$/

/** The accounts of the customer service, by name. */
export class Staff {
  readonly #now: () => number
  readonly #all = new Map<string, StaffMember>()
  #lastId = 1000

  constructor(now: () => number) {
    this.#now = now
  }

  /**
   * @param isStaffed whether somebody sits behind it at once
   * @throws {Errcode} 65404 and 65403 for account and nickname, 65406 for an account that is there, 65405 for too many
   */
  add(account: string, nickname: string, { isStaffed }: { isStaffed: boolean }): void {
    if (!ACCOUNT.test(account)) throw new Errcode(65404)
    checkNickname(nickname)
    if (this.#all.has(account)) throw new Errcode(65406)
    if (this.#all.size >= MOST) throw new Errcode(65405)
    const wechat = isStaffed ? account.split('@', 1)[0] : undefined
    this.#all.set(account, { ...blank(), account, nickname, id: String(++this.#lastId), wechat })
  }

  /** @throws {Errcode} 65401 where there is no such account, 65403 for the nickname */
  rename(account: string, nickname: string): void {
    checkNickname(nickname)
    this.#all.set(account, { ...this.get(account), nickname })
  }

  /** @param picture an address */
  dress(account: string, picture: string): void {
    this.#all.set(account, { ...this.get(account), picture })
  }

  /** @throws {Errcode} 65401 where there is no such account */
  remove(account: string): void {
    this.get(account)
    this.#all.delete(account)
  }

  /** @throws {Errcode} 65401 where there is no such account */
  get(account: string): StaffMember {
    const member = this.#all.get(account)
    if (!member) throw new Errcode(65401)
    return this.#asOfNow(member)
  }

  /** Whether there is such an account. */
  has(account: string): boolean {
    return this.#all.has(account)
  }

  list(): StaffMember[] {
    return [...this.#all.values()].map((member) => this.#asOfNow(member))
  }

  /** Those with somebody behind them: in the sandbox they are always there. */
  online(): StaffMember[] {
    return this.list().filter(({ wechat }) => wechat !== undefined)
  }

  /**
   * Asks somebody to sit behind it.
   *
   * @param isAccepted whether the answer is yes at once
   * @throws {Errcode} 65401 where there is no such account, 65409 for no WeChat id, 65412 where somebody sits there,
   *   65411 where an invitation waits
   */
  invite(account: string, wechat: string, { isAccepted }: { isAccepted: boolean }): void {
    const member = this.get(account)
    if (wechat === '') throw new Errcode(65409)
    if (isAccepted) return void this.#all.set(account, { ...member, wechat, invitation: undefined })
    if (member.wechat !== undefined) throw new Errcode(65412)
    if (member.invitation?.status === 'waiting') throw new Errcode(65411)
    const invitation = { wechat, expiresAt: this.#now() + INVITATION_LIFE, status: 'waiting' } as const
    this.#all.set(account, { ...member, invitation })
  }

  /** What the invited person answers. @throws {RangeError} where nobody was asked */
  answerInvitation(account: string, accepts: boolean): void {
    const member = this.get(account)
    const { invitation } = member
    if (invitation?.status !== 'waiting') throw new RangeError(`No invitation waits at "${account}".`)
    const answered = accepts
      ? { wechat: invitation.wechat, invitation: undefined }
      : { invitation: { ...invitation, status: 'rejected' as const } }
    this.#all.set(account, { ...member, ...answered })
  }

  #asOfNow(member: StaffMember): StaffMember {
    const { invitation } = member
    const isOver = invitation?.status === 'waiting' && invitation.expiresAt <= this.#now()
    return isOver ? { ...member, invitation: { ...invitation, status: 'expired' } } : member
  }
}

const blank = () => ({ picture: '', invitation: undefined })

function checkNickname(nickname: string): void {
  if (nickname === '' || [...nickname].length > 16) throw new Errcode(65403)
}
