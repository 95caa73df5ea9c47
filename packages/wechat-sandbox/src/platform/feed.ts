/** A bounded list that others can watch: what happened, newest last. */
export class Feed<T> {
  readonly #kept: number
  readonly #items: T[] = []
  readonly #watchers = new Set<(item: T) => void>()

  /** @param kept how many are remembered; the oldest go first */
  constructor(kept: number) {
    this.#kept = kept
  }

  add(item: T): void {
    this.#items.push(item)
    if (this.#items.length > this.#kept) this.#items.shift()
    for (const watcher of this.#watchers) watcher(item)
  }

  list(): readonly T[] {
    return [...this.#items]
  }

  clear(): void {
    this.#items.length = 0
  }

  /** Calls `watcher` for everything that is added from now on; the answer ends that. */
  watch(watcher: (item: T) => void): () => void {
    this.#watchers.add(watcher)
    return () => void this.#watchers.delete(watcher)
  }
}
