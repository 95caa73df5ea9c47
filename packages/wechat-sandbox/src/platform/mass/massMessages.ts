import { forgetOldest } from '../forgetOldest.ts'

/** One message that was sent to many. */
export interface MassMessage {
  id: number
  /** Under this number its articles are counted. */
  dataId: number
  /** The site's own id for it, against sending it twice. */
  clientId: string | undefined
  /** Milliseconds since 1970. */
  at: number
  /** Whether it went to all followers, and not to some. */
  isToAll: boolean
  /** As the result event says it, e.g. `send success`. */
  outcome: string
  /** How many people it went to. */
  receivers: number
  /** Of its articles, where it has any. */
  articleId: string | undefined
  /** Whether the account has taken back all of it. */
  isDeleted: boolean
}

const BEIJING = 8 * 3_600_000 // a day and a month end at midnight in Beijing (believed)
const REMEMBERED = 86_400_000 // clientmsgid: for 24 hours
const KEPT = { entries: 1000, bytes: Infinity, sizeOf: () => 0 }
const LONGEST_MONTH = 31 * 86_400_000

/** What the account has sent to many, and how often each person got something. */
export class MassMessages {
  readonly #now: () => number
  readonly #all = new Map<string, MassMessage>()
  readonly #received = new Map<string, number[]>()
  #lastId = 1_000_000_000
  #lastDataId = 2_650_000_000
  /** How fast it goes out: 0 is the fastest, 4 the slowest. */
  speed = 0

  constructor(now: () => number) {
    this.#now = now
  }

  add(message: Omit<MassMessage, 'id' | 'dataId' | 'at' | 'isDeleted'>): MassMessage {
    const [id, dataId] = [this.nextId(), ++this.#lastDataId]
    const made = { ...message, id, dataId, at: this.#now(), isDeleted: false }
    this.#all.set(String(id), made)
    forgetOldest(this.#all, KEPT)
    return made
  }

  /** A preview has a number too, and is not remembered. */
  nextId(): number {
    return ++this.#lastId
  }

  get(id: string | number): MassMessage | undefined {
    return this.#all.get(String(id))
  }

  /** The message that was sent under this id of the site's within the last day. */
  byClientId(clientId: string): MassMessage | undefined {
    const since = this.#now() - REMEMBERED
    return this.list().findLast((one) => one.clientId === clientId && one.at > since)
  }

  markDeleted(id: string | number): void {
    const message = this.get(id)
    if (message) this.#all.set(String(id), { ...message, isDeleted: true })
  }

  /** Oldest first. */
  list(): MassMessage[] {
    return [...this.#all.values()]
  }

  /** How many were sent today, or this month. */
  sent(span: 'day' | 'month', isWanted: (message: MassMessage) => boolean = () => true): number {
    const isNow = this.#isIn(span)
    return this.list().filter((one) => isNow(one.at) && isWanted(one)).length
  }

  /** The person gets one. */
  note(openid: string): void {
    const recent = this.#receivedBy(openid)
    this.#received.delete(openid)
    this.#received.set(openid, [...recent, this.#now()])
    forgetOldest(this.#received, KEPT)
  }

  /** How many a person got this month. */
  receivedThisMonth(openid: string): number {
    return this.#receivedBy(openid).filter(this.#isIn('month')).length
  }

  #receivedBy(openid: string): number[] {
    return (this.#received.get(openid) ?? []).filter((at) => at > this.#now() - LONGEST_MONTH)
  }

  #isIn(span: 'day' | 'month'): (at: number) => boolean {
    const cut = (at: number) => new Date(at + BEIJING).toISOString().slice(0, span === 'day' ? 10 : 7)
    const current = cut(this.#now())
    return (at) => cut(at) === current
  }
}
