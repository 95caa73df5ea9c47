interface Following {
  /** Milliseconds since 1970. */
  since: number
  /** Of the QR code, if the person came through one. */
  scene: string | undefined
}

/** Who follows the account, by openid. */
export class Followers {
  readonly #now: () => number
  readonly #all = new Map<string, Following>()

  constructor(now: () => number) {
    this.#now = now
  }

  /** From now on this person follows the account; a second time changes nothing. */
  add(openid: string, scene?: string): void {
    if (!this.#all.has(openid)) this.#all.set(openid, { since: this.#now(), scene })
  }

  remove(openid: string): void {
    this.#all.delete(openid)
  }

  has(openid: string): boolean {
    return this.#all.has(openid)
  }

  get(openid: string): Following | undefined {
    return this.#all.get(openid)
  }
}
