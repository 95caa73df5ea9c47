import { randomUUID } from 'node:crypto'
import { Feed } from '../platform/feed.ts'

/** What a program wants of the browser's tab that shows a phone. */
export type OrderBody =
  | { kind: 'open'; url: string; person: string; from: 'chat' | 'link' | 'bareLink' }
  | { kind: 'person'; person: string }
  | { kind: 'page' }
  | { kind: 'share'; target: string }
  | { kind: 'login'; allow: boolean; person: string | undefined }
  | { kind: 'tap'; selector: string | undefined; text: string | undefined }
export type Order = { id: string; phone: string } & OrderBody

/** What the tab says of an order: how it went, or why it cannot be done. */
export type OrderOutcome = { answer: unknown } | { error: string }

/** An order that could not be carried out, in words for who gave it. */
export class OrderError extends Error {
  /** The HTTP status that says it. */
  readonly status: 409 | 503 | 504
  constructor(status: 409 | 503 | 504, message: string) {
    super(message)
    this.status = status
  }
}

// Tabs end their stream and begin another one when somebody else holds the phone.
const WITHOUT_STREAM = 3000

interface Waiting {
  order: Order
  settle: (outcome: OrderOutcome | OrderError) => void
}

/** Carries orders to the tabs that show phones, and their answers back. All phones of a front share one. */
export class Orders {
  readonly #feed = new Feed<Order>(0)
  readonly #shown = new Set<string>()
  readonly #waiting = new Map<string, Waiting>()
  readonly #arrivals = new Set<() => void>()
  #listeners = 0
  #end: NodeJS.Timeout | undefined

  /** Whether a tab shows this phone, as far as is known. */
  isShown(phone: string): boolean {
    return this.#shown.has(phone)
  }

  shown(): string[] {
    return [...this.#shown]
  }

  /** A tab shows this phone from now on. */
  arrived(phone: string): void {
    this.#shown.add(phone)
    for (const tell of this.#arrivals) tell()
  }

  /** The tab was closed or is loaded again. */
  gone(phone: string): void {
    this.#shown.delete(phone)
    for (const waiting of this.#waiting.values())
      if (waiting.order.phone === phone)
        waiting.settle(new OrderError(503, 'The tab that shows this phone was closed.'))
  }

  /**
   * Hears every order, those too that are not carried out yet. The answer ends that; when nobody hears any more, no tab
   * is there.
   */
  watch(watcher: (order: Order) => void): () => void {
    const end = this.#feed.watch(watcher)
    clearTimeout(this.#end)
    this.#listeners++
    for (const { order } of this.#waiting.values()) watcher(order)
    return () => {
      end()
      if (--this.#listeners > 0) return
      this.#end = setTimeout(() => this.shown().forEach((phone) => this.gone(phone)), WITHOUT_STREAM)
      this.#end.unref()
    }
  }

  /** @returns whether a tab shows the phone within that time */
  whenShown(phone: string, ms: number, given: AbortSignal): Promise<boolean> {
    if (this.isShown(phone)) return Promise.resolve(true)
    return new Promise((done) => {
      const end = () => {
        clearTimeout(timer)
        this.#arrivals.delete(look)
        given.removeEventListener('abort', end)
        done(this.isShown(phone))
      }
      const look = () => this.isShown(phone) && end()
      const timer = setTimeout(end, ms)
      this.#arrivals.add(look)
      given.addEventListener('abort', end)
    })
  }

  /**
   * Gives an order to the tab and waits for its answer.
   *
   * @throws {OrderError} where it cannot be done, or no answer comes
   */
  send(phone: string, order: OrderBody, ms: number): Promise<unknown> {
    const id = randomUUID()
    return new Promise((done, fail) => {
      const settle = (outcome: OrderOutcome | OrderError) => {
        clearTimeout(timer)
        this.#waiting.delete(id)
        if (outcome instanceof OrderError) fail(outcome)
        else if ('error' in outcome) fail(new OrderError(409, outcome.error))
        else done(outcome.answer)
      }
      const timer = setTimeout(() => {
        // Whoever does not answer may be gone without a word; the next order finds out.
        if (order.kind === 'page') this.#shown.delete(phone)
        settle(new OrderError(504, 'The tab that shows this phone has not answered.'))
      }, ms)
      const given = { id, phone, ...order }
      this.#waiting.set(id, { order: given, settle })
      this.#feed.add(given)
    })
  }

  /** The tab has carried an order out. @returns whether somebody waits for it */
  answered(id: string, outcome: OrderOutcome): boolean {
    const waiting = this.#waiting.get(id)
    waiting?.settle(outcome)
    return waiting !== undefined
  }
}
