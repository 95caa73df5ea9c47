/** Who wanted which notice: each consent is good for one (believed of one-time subscriptions). */
export class Subscriptions {
  readonly #left = new Map<string, number>()

  accept(openid: string, templateId: string): void {
    this.#left.set(keyOf(openid, templateId), this.count(openid, templateId) + 1)
  }

  count(openid: string, templateId: string): number {
    return this.#left.get(keyOf(openid, templateId)) ?? 0
  }

  /** Uses one consent up, if there is one. */
  use(openid: string, templateId: string): boolean {
    const left = this.count(openid, templateId)
    if (left > 0) this.#left.set(keyOf(openid, templateId), left - 1)
    return left > 0
  }
}

const keyOf = (openid: string, templateId: string): string => `${openid} ${templateId}`
