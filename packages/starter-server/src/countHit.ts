import type { Store } from 'wechat-core'

/**
 * Counts one more of what is limited, for all processes together.
 *
 * @param within how long it is counted from the first on, in milliseconds
 * @returns how many there were in that time; 1 where the store is away, which closes no door
 */
export const countHit = (store: Pick<Store, 'increment'>, key: string, within: number): Promise<number> =>
  store.increment(key, within).catch(() => 1)
