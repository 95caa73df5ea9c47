import { onPush, type PushHandler } from 'wechat-core'
import { articleCard } from './articleCard.ts'
import type { PushParts } from '../wechat/parts.ts'

/** Somebody follows the account: they get the newest article. */
export function welcome({ articles, env }: Pick<PushParts, 'articles' | 'env'>): PushHandler[] {
  return [
    onPush('event.subscribe', async () => {
      const [newest] = await articles.list()
      return newest && { msgType: 'news', articles: [articleCard(newest, env.publicUrl)] }
    }),
  ]
}
