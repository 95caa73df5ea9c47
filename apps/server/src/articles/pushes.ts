import { onPush, type PushHandler, type ReplyArticle } from 'wechat-core'
import type { Members } from 'wechat-core/login'
import type { Env } from '../env.ts'
import type { Articles } from './articles.ts'
import type { ArticleSummary } from './contract.ts'

interface Parts {
  env: Env
  articles: Articles
  members: Members
  /** Deletes what a person has left. */
  forget: (person: string) => Promise<void>
}

const LONGEST_QUERY = 100 // characters; each word is looked for in each article

/** What articles have to say in the conversation with the account. */
export function articlePushes({ articles, env, members, forget }: Parts): PushHandler[] {
  return [
    // Somebody follows the account: they get the newest article.
    onPush('event.subscribe', async () => {
      const [newest] = await articles.list()
      return newest && { msgType: 'news', articles: [articleCard(newest, env.publicUrl)] }
    }),
    // Somebody takes back what they allowed: what they left goes with it. Where the person is forgotten as a whole, the
    // members see to it.
    onPush('event.user_authorization_revoke', ({ openid }) => forget(members.keyOf(openid))),
    // Somebody writes a text: they get the article that has its words, or are told what there is.
    onPush('message.text', async ({ content }) => {
      const all = await articles.list()
      const [best] = ranked(all, content)
      // WeChat shows one article in answer to a message.
      if (best) return { msgType: 'news', articles: [articleCard(best, env.publicUrl)] }
      const titles = all.slice(0, 5).map(({ title }) => `· ${title}`)
      return {
        msgType: 'text',
        content: ['没有找到，试试这些 · Nothing found, try these:', ...titles].join('\n'),
      }
    }),
  ]
}

function ranked(articles: ArticleSummary[], query: string): ArticleSummary[] {
  const words = [...new Set(query.slice(0, LONGEST_QUERY).toLowerCase().split(/\s+/))].filter(Boolean)
  const scoreOf = ({ title, summary }: ArticleSummary) => {
    const [inTitle, inSummary] = [title.toLowerCase(), summary.toLowerCase()]
    return words.reduce(
      (sum, word) => sum + (inTitle.includes(word) ? 2 : inSummary.includes(word) ? 1 : 0),
      0,
    )
  }
  return articles
    .map((article) => ({ article, score: scoreOf(article) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ article }) => article)
}

/** An article as a card in the conversation. WeChat wants absolute addresses. */
function articleCard({ slug, title, summary, cover }: ArticleSummary, publicUrl: string): ReplyArticle {
  return {
    title,
    description: summary,
    picUrl: new URL(cover, publicUrl).href,
    url: new URL(`/articles/${slug}`, publicUrl).href,
  }
}
