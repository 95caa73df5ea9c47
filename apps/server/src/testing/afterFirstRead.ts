import type { Store } from 'wechat-core'
import { vi } from 'vitest'

/**
 * Does something right after a member has been read for the first time: the request that read them goes on with what was there.
 *
 * @returns puts the store back. @throws {Error} from it, when nobody was read
 */
export function afterFirstRead(store: Store, work: () => Promise<unknown>): () => void {
  const read = store.get.bind(store)
  let isFirst = true
  const reads = vi.spyOn(store, 'get').mockImplementation(async (key) => {
    const value = await read(key)
    if (!isFirst || !key.startsWith('person:')) return value
    isFirst = false
    await work()
    return value
  })
  return () => {
    reads.mockRestore()
    if (isFirst) throw new Error('No member was read.')
  }
}
