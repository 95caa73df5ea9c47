import { sizeOfArticles, type Article } from '../articles/article.ts'
import { secret } from '../credentials/tokens.ts'
import { forgetOldest } from '../forgetOldest.ts'

/** Articles that people can read, by an address that stays. */
export interface Publication {
  articleId: string
  articles: readonly Article[]
  /** Which of them the account has taken back. */
  deleted: ReadonlySet<number>
  /** Whether it was published, and not sent to many: only then it is in the list of publications. */
  listed: boolean
  createdAt: number
  updatedAt: number
}

/** What a task of publishing came to (发布状态轮询接口). */
export type PublishStatus = 0 | 1 | 2 | 3 | 4 | 5 | 6

export interface PublishTask {
  publishId: string
  status: PublishStatus
  articleId: string | undefined
  /** How many articles it is about. */
  count: number
}

// The sandbox's own bounds.
const KEPT = { entries: 500, bytes: 32_000_000, sizeOf: sizeOfArticles }
const KEPT_TASKS = { entries: 1000, bytes: Infinity, sizeOf: () => 0 }

/** Everything that the account has published. */
export class Publications {
  readonly #now: () => number
  readonly #all = new Map<string, Publication>()
  readonly #tasks = new Map<string, PublishTask>()
  #lastTask = 2_247_483_649

  constructor(now: () => number) {
    this.#now = now
  }

  add(articles: readonly Article[], { listed }: { listed: boolean }): Publication {
    const at = this.#now()
    const made = { articleId: secret(64), articles, listed, createdAt: at, updatedAt: at }
    const publication: Publication = { ...made, deleted: new Set() }
    this.#all.set(publication.articleId, publication)
    forgetOldest(this.#all, KEPT)
    return publication
  }

  get(articleId: string): Publication | undefined {
    return this.#all.get(articleId)
  }

  /** Takes one article back, or all of them. @returns false where there is no such article */
  remove(articleId: string, at?: number): boolean {
    const publication = this.#all.get(articleId)
    if (!publication || (at !== undefined && !publication.articles[at])) return false
    const gone = at === undefined ? publication.articles.keys() : [...publication.deleted, at]
    this.#all.set(articleId, { ...publication, deleted: new Set(gone), updatedAt: this.#now() })
    return true
  }

  /** Newest first, without those of which nothing is left. */
  list(): Publication[] {
    const isShown = ({ listed, articles, deleted }: Publication) => listed && deleted.size < articles.length
    return [...this.#all.values()].filter(isShown).reverse()
  }

  addTask(task: Omit<PublishTask, 'publishId'>): PublishTask {
    const made = { ...task, publishId: String(++this.#lastTask) }
    this.#tasks.set(made.publishId, made)
    forgetOldest(this.#tasks, KEPT_TASKS)
    return made
  }

  /** A task as it stands now: what was published may be gone since. */
  task(publishId: string): PublishTask | undefined {
    const task = this.#tasks.get(publishId)
    const publication = task?.articleId === undefined ? undefined : this.get(task.articleId)
    const isGone = publication !== undefined && publication.deleted.size === publication.articles.length
    return task && isGone ? { ...task, status: 5 } : task
  }
}
