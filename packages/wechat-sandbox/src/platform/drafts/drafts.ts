import { sizeOfArticles, type Article } from '../articles/article.ts'
import { secret } from '../credentials/tokens.ts'
import { Errcode } from '../api/errcode.ts'
import { forgetOldest } from '../forgetOldest.ts'

/** Articles that stand together and are not published yet. */
export interface Draft {
  mediaId: string
  articles: readonly Article[]
  createdAt: number
  updatedAt: number
}

// The sandbox's own bounds.
const KEPT = { entries: 500, bytes: 32_000_000, sizeOf: sizeOfArticles }

/** The account's drafts, by media id. */
export class Drafts {
  readonly #now: () => number
  readonly #life: number
  readonly #all = new Map<string, Draft>()

  /** @param life milliseconds that each is kept */
  constructor(now: () => number, life = Infinity) {
    this.#now = now
    this.#life = life
  }

  /** @returns its media id */
  add(articles: readonly Article[]): string {
    const [mediaId, at] = [secret(64), this.#now()]
    this.#all.set(mediaId, { mediaId, articles, createdAt: at, updatedAt: at })
    forgetOldest(this.#all, KEPT)
    return mediaId
  }

  get(mediaId: string): Draft | undefined {
    const draft = this.#all.get(mediaId)
    return draft && this.#now() - draft.createdAt < this.#life ? draft : undefined
  }

  /**
   * Writes one article anew.
   *
   * @throws {Errcode} 40007 for an unknown draft, 40114 where it has no article at this place
   */
  update(mediaId: string, index: number, article: Article): void {
    const draft = this.get(mediaId)
    if (!draft) throw new Errcode(40007)
    if (!draft.articles[index]) throw new Errcode(40114)
    const articles = draft.articles.map((one, at) => (at === index ? article : one))
    this.#all.set(mediaId, { ...draft, articles, updatedAt: this.#now() })
  }

  /** @returns whether it was there */
  remove(mediaId: string): boolean {
    return this.#all.delete(mediaId)
  }

  /** Newest first. */
  list(): Draft[] {
    return [...this.#all.values()].reverse().sort((one, other) => other.updatedAt - one.updatedAt)
  }
}
