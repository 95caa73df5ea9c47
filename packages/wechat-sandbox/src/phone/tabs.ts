import { startHeadless, type Headless } from './headless.ts'
import { OrderError, type OrderBody, type Orders } from './orders.ts'

/** Where the tab of one phone is opened. */
export const TAB_PATH = '/phone/tab'

const MOST_BROWSERS = 12
const PATIENCE = 20_000

/** Sees to it that a tab shows the phone that a program speaks to. */
export class Tabs {
  readonly #orders: Orders
  readonly #browser: string | undefined
  readonly #started = new Map<string, Headless>()
  readonly #starting = new Map<string, Promise<void>>()

  /** @param browser a Chromium to start where no tab shows a phone; undefined: none is started */
  constructor(orders: Orders, browser: string | undefined) {
    this.#orders = orders
    this.#browser = browser
  }

  /**
   * Gives an order to the tab of this phone.
   *
   * @param ms how long the tab may take
   * @throws {OrderError} where no tab shows it, or it cannot be done
   */
  order(phone: string, order: OrderBody, ms = 10_000): Promise<unknown> {
    if (this.#orders.isShown(phone)) return this.#orders.send(phone, order, ms)
    throw new OrderError(409, 'No page is open on this phone. POST /phone/open comes first.')
  }

  /**
   * Waits for a tab that shows this phone; starts a browser where there is none.
   *
   * @param address of the phone's tab, without query
   * @throws {OrderError} where there is neither a tab nor a browser
   */
  async show(phone: string, address: string): Promise<void> {
    if (await this.#isAlive(phone)) return
    const underway = this.#starting.get(phone) ?? this.#start(phone, address)
    this.#starting.set(phone, underway)
    try {
      await underway
    } finally {
      this.#starting.delete(phone)
    }
  }

  /** Ends the browser that was started for this phone. @returns whether there was one */
  async close(phone: string): Promise<boolean> {
    const started = this.#started.get(phone)
    await started?.close()
    return started !== undefined
  }

  closeAll(): void {
    for (const phone of this.#started.keys()) void this.close(phone)
  }

  // A tab that went without a word is noticed by its silence.
  async #isAlive(phone: string): Promise<boolean> {
    if (!this.#orders.isShown(phone)) return false
    return this.#orders.send(phone, { kind: 'page' }, 5000).then(
      () => true,
      () => this.#orders.isShown(phone),
    )
  }

  async #start(phone: string, address: string): Promise<void> {
    const tab = phone === '' ? address : `${address}?phone=${phone}`
    if (this.#browser === undefined)
      throw new OrderError(
        503,
        `No tab shows this phone, and there is no Chromium to start. Open ${tab} in a browser, or name one in CHROMIUM_PATH.`,
      )
    if (!this.#started.has(phone) && this.#started.size >= MOST_BROWSERS)
      throw new OrderError(
        409,
        `${MOST_BROWSERS} phones are open already. POST /phone/close ends the browser of one.`,
      )
    await this.close(phone)
    const browser = startHeadless(this.#browser, tab)
    this.#started.set(phone, browser)
    browser.ended.addEventListener('abort', () => {
      if (this.#started.get(phone) !== browser) return
      this.#started.delete(phone)
      this.#orders.gone(phone)
    })
    if (await this.#orders.whenShown(phone, PATIENCE, browser.ended)) return
    const words = browser.ended.aborted ? `ended: ${browser.lastWords()}` : 'did not show the phone in time'
    void browser.close()
    throw new OrderError(
      503,
      `${this.#browser} ${words}. Another one can be named in CHROMIUM_PATH, or ${tab} opened in any browser.`,
    )
  }
}
