import type { Push, PushKind, PushOf } from './push.ts'
import type { Reply } from './reply.ts'

/** Something that a person wants done when WeChat tells of something. Make one with {@link onPush}. */
export interface PushHandler {
  readonly kinds: readonly PushKind[]
  handle(push: Push): Promise<Reply | undefined>
}

/**
 * A handler for one kind of push, or for several. It may return a reply; of several handlers the first reply counts.
 *
 * @example onPush('message.text', ({ content }) => ({ msgType: 'text', content: `You said ${content}` }))
 */
export function onPush<K extends PushKind>(
  kinds: K | readonly K[],
  handle: (push: PushOf<K>) => Reply | undefined | void | Promise<Reply | undefined | void>,
): PushHandler {
  const wanted: readonly K[] = typeof kinds === 'string' ? [kinds] : kinds
  const isWanted = (push: Push): push is PushOf<K> => wanted.some((kind) => kind === push.kind)
  return {
    kinds: wanted,
    async handle(push) {
      return isWanted(push) ? ((await handle(push)) ?? undefined) : undefined
    },
  }
}

/**
 * Runs every handler that wants this push, all at once: one that fails or hangs does not keep another from its work.
 *
 * @returns the reply of the first in the list that has one, when all have ended
 */
export async function runHandlers(
  handlers: readonly PushHandler[],
  push: Push,
  onError: (error: unknown) => void,
): Promise<Reply | undefined> {
  const wanted = handlers.filter(({ kinds }) => kinds.includes(push.kind))
  const replies = await Promise.all(
    wanted.map((handler) => handler.handle(push).catch((error: unknown) => void onError(error))),
  )
  return replies.find((reply) => typeof reply === 'object')
}
