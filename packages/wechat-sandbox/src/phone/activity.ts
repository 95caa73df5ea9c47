import type { AnsweredCall, PageLoad } from '../native/nativeApp.ts'
import type { Call } from '../platform/api/calls.ts'
import { Feed } from '../platform/feed.ts'
import type { Platform } from '../platform/platform.ts'
import type { PushResult } from '../platform/push/pushes.ts'

type Happening =
  | ({ kind: 'page'; phone: string } & PageLoad)
  /** `ticketCheckAt`: from when on the site will ask for its ticket again, where it waits (phone/ticketCheck.ts). */
  | {
      kind: 'bridge'
      phone: string
      call: AnsweredCall
      consequenceOf?: number
      ticketCheckAt?: number | undefined
    }
  | { kind: 'api'; call: Call }
  /** `label`: what the person did. */
  | ({ kind: 'push'; label: string } & Pick<PushResult, 'deliveries' | 'problem'> & Partial<PushResult>)

/** One line of the inspector: something crossed the border between the site and WeChat. */
export type Activity = Happening & { id: number; at: number }

const KEPT = 200
const LONGEST_TEXT = 4096

/** Everything that happened, from the page, from the site's server, and towards it. */
export class ActivityLog extends Feed<Activity> {
  readonly #now: () => number
  #lastId = 0
  /** The wx.config that was refused last, by the load of the page. */
  #refused = new Map<string, number>()

  constructor(platform: Platform) {
    super(KEPT)
    this.#now = platform.now
    platform.calls.watch((call) => this.note({ kind: 'api', call }))
  }

  note(happening: Happening): void {
    const id = ++this.#lastId
    const cause = happening.kind === 'bridge' ? this.#causeOf(happening.call, id) : undefined
    const consequence = cause === undefined ? {} : { consequenceOf: cause }
    const kept = happening.kind === 'bridge' ? { ...happening, call: shortened(happening.call) } : happening
    this.add({ id, at: this.#now(), ...kept, ...consequence })
  }

  // A call that is refused for want of a config is explained by the config that was refused before it.
  #causeOf({ document, name, reply, explanation }: AnsweredCall, id: number): number | undefined {
    if (name === 'preVerifyJSAPI') {
      this.#refused.delete(document)
      if (!reply.err_msg.endsWith(':ok')) this.#refused.set(document, id)
      const [oldest] = this.#refused.keys()
      if (this.#refused.size > KEPT && oldest !== undefined) this.#refused.delete(oldest)
      return undefined
    }
    const lacksConfig = explanation?.causes.some((cause) => cause.id === 'not_configured')
    return lacksConfig ? this.#refused.get(document) : undefined
  }
}

// A picture as text would fill the log: of what is long the start is kept.
function shortened(call: AnsweredCall): AnsweredCall {
  const { params, reply } = call
  const cut = (_key: string, value: unknown) =>
    typeof value === 'string' && value.length > LONGEST_TEXT ? `${value.slice(0, LONGEST_TEXT)}…` : value
  const short = <T>(value: T): T => JSON.parse(JSON.stringify(value, cut)) as T
  return { ...call, params: short(params), reply: short(reply) }
}
