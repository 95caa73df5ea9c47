import { Feed } from '../feed.ts'

export interface Following {
  /** Milliseconds since 1970. */
  since: number
  /** Of the QR code, if the person came through one. */
  scene: string | undefined
  /** What the account calls this person. */
  remark: string
  /** Ids of the tags that the account gave, the first one first. */
  tags: number[]
}

/** Somebody came or went. */
export interface FollowChange {
  at: number
  kind: 'came' | 'went'
  scene: string | undefined
}

const CHANGES_KEPT = 10_000

/** Who follows the account, by openid. Who goes takes remark and tags along. */
export class Followers {
  /** Who came and went, for the statistics. */
  readonly changes = new Feed<FollowChange>(CHANGES_KEPT)
  readonly #now: () => number
  readonly #all = new Map<string, Following>()

  constructor(now: () => number) {
    this.#now = now
  }

  /** From now on this person follows the account; a second time changes nothing. */
  add(openid: string, scene?: string): void {
    if (this.#all.has(openid)) return
    const since = this.#now()
    this.#all.set(openid, { since, scene, remark: '', tags: [] })
    this.changes.add({ at: since, kind: 'came', scene })
  }

  remove(openid: string): void {
    const scene = this.#all.get(openid)?.scene
    if (this.#all.delete(openid)) this.changes.add({ at: this.#now(), kind: 'went', scene })
  }

  has(openid: string): boolean {
    return this.#all.has(openid)
  }

  get(openid: string): Following | undefined {
    return this.#all.get(openid)
  }

  /** The openids, in the order in which people came. */
  list(): string[] {
    return [...this.#all.keys()]
  }
}
