import type { Account, Person } from '../account.ts'
import type { AccountMessage } from '../messages/accountMessage.ts'
import type { Conversations } from '../conversations.ts'
import { Feed } from '../feed.ts'
import type { Identities } from '../identities.ts'
import type { Switches } from '../switches/switches.ts'
import { deliver, type Delivery } from './deliver.ts'
import { isAboutNobody, isAwaited, isOfPlatform, senderOf } from './kinds.ts'
import { pushSchema, type Push } from './messages.ts'
import { readReply } from './reply.ts'
import { settingsSchema } from './settings.ts'
import { pushRequest, verifyRequest, type PushRequest, type Tamper } from './request.ts'

export interface PushOptions {
  /** The id and time of an earlier push, as in a repeated delivery. Default: new ones. */
  msgId?: string
  /** Seconds since 1970. */
  createTime?: number
  tamper?: Tamper
}

/** What came of a push. */
export interface PushResult {
  msgId: string
  createTime: number
  deliveries: Delivery[]
  /** What the person is shown, if anything. */
  reply: AccountMessage | undefined
  /** Why WeChat takes nothing from the server; the person is told of a failure then. */
  problem: string | undefined
}

/** One attempt to tell the account's server something, for the statistics. */
export interface PushOutcome {
  /** Milliseconds since 1970. */
  at: number
  openid: string
  msgType: Push['msgType']
  ms: number
  failed: boolean
}

/** What the console says when a server configuration is saved. */
export type VerifyResult = { ok: true } | { ok: false; text: string; problem: string }

interface PushesOptions {
  account: Account
  now: () => number
  switches: Switches
  conversations: Conversations
  identities: Identities
  /** Who is not heard. */
  blacklist: ReadonlySet<string>
  service: CustomerServiceDesk
}

/** What the account's customer service has to do with what people write. */
export interface CustomerServiceDesk {
  /** Whether somebody of it talks with this person: then the account's server hears nothing of it. */
  isServing(openid: string): boolean
  /** The account's server has handed the person over, to one account of it if it names one. */
  take(openid: string, kfAccount: string | undefined): void
}

/** What the person sees where the account's server gave no proper answer (被动回复用户消息). */
export const FAILURE_NOTICE = '该公众号提供的服务出现故障，请稍后再试'

const OUTCOMES_KEPT = 10_000
// In answer to these a news reply has one article, else up to eight (被动回复用户消息).
const ANSWERED_BY_ONE = ['text', 'image', 'voice', 'video', 'location']

/** Sends to the account's server what people do, as WeChat's servers would. */
export class Pushes {
  /** Who told the server what, and how it took it; the oldest go first. */
  readonly outcomes = new Feed<PushOutcome>(OUTCOMES_KEPT)
  readonly #options: PushesOptions
  readonly #ended = new AbortController()
  #lastMsgId = 24_800_000_000_000_000n

  constructor(options: PushesOptions) {
    this.#options = options
  }

  /**
   * Tells the server of a message or an event, with all its deliveries, and shows both sides in the conversation.
   *
   * @throws {Error} where the push itself is malformed
   */
  async send(person: Person, push: Push, options: PushOptions = {}): Promise<PushResult> {
    const { account, switches, conversations, identities, service } = this.#options
    const openid = identities.openidOf(person)
    const { request, msgId, createTime } = this.#prepare(person, push, options)
    if (!isOfPlatform(push)) conversations.add(openid, { from: 'person', push })
    const isUnheard =
      this.#options.blacklist.has(openid) || (push.msgType !== 'event' && service.isServing(openid))
    if (isUnheard && !isOfPlatform(push))
      return { msgId, createTime, deliveries: [], reply: undefined, problem: undefined }
    const deliveries = await deliver(request, {
      seconds: switches.get('pushTimeout'),
      retries: switches.get('pushRetries'),
      signal: this.#ended.signal,
    })
    this.#note(deliveries, { at: createTime * 1000, openid, msgType: push.msgType })
    const articles = ANSWERED_BY_ONE.includes(push.msgType) ? 1 : 8
    const context = {
      ...account.push,
      appId: account.appId,
      originalId: account.originalId,
      openid,
      articles,
      musicNeedsThumb: switches.get('musicWithoutThumb') === 'refused',
    }
    const { reply, problem } = outcome(deliveries, (body) => readReply(body, context))
    if (reply?.msgType === 'transfer_customer_service') service.take(openid, reply.kfAccount)
    else if (reply) conversations.add(openid, { from: 'account', via: 'reply', message: reply })
    if (problem && isAwaited(push)) conversations.add(openid, { from: 'system', text: FAILURE_NOTICE })
    return { msgId, createTime, deliveries, reply, problem }
  }

  /** The request that `send` would make, to be sent by hand. */
  request(person: Person, push: Push, options: PushOptions = {}): PushRequest {
    return this.#prepare(person, push, options).request()
  }

  /** Asks the server to prove that it knows the token, as the console does when settings are saved. */
  async verifyUrl(settings = this.#options.account.push, tamper: Tamper = {}): Promise<VerifyResult> {
    const { echostr, ...request } = verifyRequest(settings, this.#options.now(), tamper)
    const seconds = this.#options.switches.get('pushTimeout')
    const [delivery] = await deliver(() => request, { seconds, retries: 0, signal: this.#ended.signal })
    if (!delivery || 'problem' in delivery)
      return { ok: false, text: '请求URL超时', problem: delivery?.problem ?? 'no answer' }
    if (delivery.status === 200 && delivery.body === echostr) return { ok: true }
    const problem =
      delivery.status === 200 ? 'the body is not the echostr and nothing else' : `status ${delivery.status}`
    return { ok: false, text: 'token验证失败', problem }
  }

  /**
   * Saves a server configuration, if the server passes the check. It counts at once.
   *
   * @throws {Error} where a value is malformed
   */
  async configure(change: Partial<Account['push']>): Promise<VerifyResult> {
    const { account } = this.#options
    const settings = settingsSchema.parse({ ...account.push, ...change })
    const result = await this.verifyUrl(settings)
    if (result.ok) Object.assign(account.push, settings)
    return result
  }

  /** Gives up deliveries that are under way. */
  close(): void {
    this.#ended.abort()
  }

  #note(deliveries: readonly Delivery[], about: Pick<PushOutcome, 'at' | 'openid' | 'msgType'>): void {
    for (const delivery of deliveries) {
      const failed = 'problem' in delivery || delivery.status !== 200
      this.outcomes.add({ ...about, ms: delivery.ms, failed })
    }
  }

  #prepare(person: Person, input: Push, options: PushOptions) {
    const { account, now, identities } = this.#options
    const push = pushSchema.parse(input)
    const from = senderOf(push, identities.openidOf(person))
    const openid = isAboutNobody(push) ? from : identities.openidOf(person)
    const msgId = options.msgId === undefined ? ++this.#lastMsgId : BigInt(options.msgId)
    const createTime = options.createTime ?? Math.floor(now() / 1000)
    // Every delivery is signed again; MsgId and CreateTime stay, so that the server can tell a repetition.
    const request = () =>
      pushRequest(account, { push, openid, from, createTime, msgId }, now(), options.tamper)
    return { request, msgId: String(msgId), createTime }
  }
}

function outcome(
  deliveries: Delivery[],
  read: (body: string) => AccountMessage | undefined,
): Pick<PushResult, 'reply' | 'problem'> {
  const last = deliveries.at(-1)
  if (!last || 'problem' in last) return { reply: undefined, problem: last?.problem ?? 'no answer' }
  if (last.status !== 200)
    return { reply: undefined, problem: `the server answered with status ${last.status}` }
  try {
    return { reply: read(last.body), problem: undefined }
  } catch (error) {
    return { reply: undefined, problem: error instanceof Error ? error.message : String(error) }
  }
}
