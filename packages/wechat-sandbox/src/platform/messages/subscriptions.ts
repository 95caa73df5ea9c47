/** Who wanted which notice: each consent is good for one (believed of one-time subscriptions). */
export class Subscriptions {
  readonly #left = new Map<string, number>()

  accept(openid: string, templateId: string): void {
    const key = keyOf(openid, templateId)
    this.#left.set(key, (this.#left.get(key) ?? 0) + 1)
  }

  /** Uses one consent up, if there is one. */
  use(openid: string, templateId: string): boolean {
    const key = keyOf(openid, templateId)
    const left = this.#left.get(key) ?? 0
    if (left > 0) this.#left.set(key, left - 1)
    return left > 0
  }
}

const keyOf = (openid: string, templateId: string): string => `${openid} ${templateId}`
