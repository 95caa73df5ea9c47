import type { Request } from 'express'
import { z } from 'zod'
import { articleAddress, articleItem } from '../articles/articleItem.ts'
import { post, type Endpoint } from '../api/endpoint.ts'
import { Errcode } from '../api/errcode.ts'
import { pageBody, pageOf } from '../api/pageOf.ts'
import { timesOf, withContent } from '../drafts/draftApis.ts'
import { demand } from '../permissions.ts'
import type { Platform } from '../platform.ts'
import type { Switches } from '../switches/switches.ts'
import type { Publication, PublishStatus, PublishTask } from './publications.ts'

const articleBody = z.object({ article_id: z.string() })
const deleteBody = articleBody.extend({ index: z.coerce.number().int().min(0).default(0) })
const listBody = pageBody.extend({ no_content: z.coerce.number().default(0) })
const taskBody = z.object({ publish_id: z.union([z.string(), z.number()]).transform(String) })
const OUTCOMES = { published: 0, 'original refused': 2, failed: 3, 'review refused': 4 } as const

/** 发布能力: drafts become articles that everybody can read; nobody is sent anything. */
export function publishApis(platform: Platform): Endpoint[] {
  const { drafts, publications, push, people, switches } = platform
  const mayPublish = () => demand(switches, 'publish')
  const items = ({ articleId, articles, deleted }: Publication, req: Request) =>
    articles.map((article, at) => ({
      ...articleItem(platform, req, { set: articleId, at, article }),
      is_deleted: deleted.has(at),
    }))

  return [
    post('/cgi-bin/freepublish/submit', z.object({ media_id: z.string() }), ({ body, req }) => {
      mayPublish()
      const draft = drafts.get(body.media_id)
      if (!draft) throw new Errcode(40007)
      const status = outcomeOf(switches)
      const articleId =
        status === 0 ? publications.add(draft.articles, { listed: true }).articleId : undefined
      if (articleId !== undefined) drafts.remove(draft.mediaId)
      const task = publications.addTask({ status, articleId, count: draft.articles.length })
      void push.send(people[0], { msgType: 'event', event: 'PUBLISHJOBFINISH', ...resultOf(task, req) })
      return { errcode: 0, errmsg: 'ok', publish_id: task.publishId, msg_data_id: task.publishId }
    }),
    post('/cgi-bin/freepublish/get', taskBody, ({ body, req }) => {
      mayPublish()
      const task = publications.task(body.publish_id)
      if (!task) throw new Errcode(40097)
      const { publishId, status, articleId, urls, failed } = resultOf(task, req)
      const done = status === 0 && {
        article_id: articleId,
        article_detail: {
          count: urls.length,
          item: urls.map((article_url, at) => ({ idx: at + 1, article_url })),
        },
      }
      return { publish_id: publishId, publish_status: status, ...done, fail_idx: failed }
    }),
    post('/cgi-bin/freepublish/delete', deleteBody, ({ body: { article_id, index } }) => {
      mayPublish()
      if (!publications.get(article_id)?.listed) throw new Errcode(53600)
      // The first article has number 1; 0, or none, means all.
      if (!publications.remove(article_id, index === 0 ? undefined : index - 1)) throw new Errcode(40060)
      return { errcode: 0, errmsg: 'ok' }
    }),
    post('/cgi-bin/freepublish/getarticle', articleBody, ({ body, req }) => {
      mayPublish()
      const publication = publications.get(body.article_id)
      if (!publication?.listed) throw new Errcode(53600)
      return { news_item: items(publication, req), ...timesOf(publication) }
    }),
    post('/cgi-bin/freepublish/batchget', listBody, ({ body, req }) => {
      mayPublish()
      return pageOf(publications.list(), body, (one) => {
        const content = { news_item: withContent(items(one, req), body.no_content), ...timesOf(one) }
        return { article_id: one.articleId, content, update_time: timesOf(one).update_time }
      })
    }),
  ]

  function resultOf({ publishId, status, articleId, count }: PublishTask, req: Request) {
    const numbers = Array.from({ length: count }, (_, at) => at)
    return {
      publishId,
      status,
      articleId,
      urls: articleId === undefined ? [] : numbers.map((at) => articleAddress(platform, req, articleId, at)),
      failed: articleId === undefined ? numbers.map((at) => at + 1) : [],
    }
  }
}

// What a test account publishes never appears: status 3 (reports of developers).
function outcomeOf(switches: Switches): PublishStatus {
  return switches.get('account') === 'test' ? 3 : OUTCOMES[switches.get('publishing')]
}
