import { z } from 'zod'
import type { XmlFields } from './xml.ts'

const text = z.string()
const msgType = z.literal('event')

/** What the platform tells of tasks that the account gave it, and of its customer service. */
export const jobEventSchemas = [
  // Sending to many has ended.
  z.object({
    msgType,
    event: z.literal('MASSSENDJOBFINISH'),
    msgId: z.number(),
    status: text,
    total: z.number(),
    filtered: z.number(),
    sent: z.number(),
    failed: z.number(),
    urls: z.array(text),
  }),
  // Publishing has ended: with addresses, or with the numbers of the articles that failed.
  z.object({
    msgType,
    event: z.literal('PUBLISHJOBFINISH'),
    publishId: text,
    status: z.number(),
    articleId: text.optional(),
    urls: z.array(text),
    failed: z.array(z.number()),
  }),
  z.object({
    msgType,
    event: z.enum(['kf_create_session', 'kf_close_session']),
    kfAccount: text,
    closeType: text.optional(),
  }),
] as const

export type JobEvent = z.output<(typeof jobEventSchemas)[number]>

/**
 * The elements of such an event after its name.
 *
 * @see https://developers.weixin.qq.com/doc/offiaccount/Message_Management/Batch_Sends_and_Originality_Checks.html
 * @see https://developers.weixin.qq.com/doc/service/api/public/api_freepublish_submit
 */
export function jobEventFields(push: JobEvent): XmlFields {
  switch (push.event) {
    case 'MASSSENDJOBFINISH':
      return {
        MsgID: push.msgId,
        Status: push.status,
        TotalCount: push.total,
        FilterCount: push.filtered,
        SentCount: push.sent,
        ErrorCount: push.failed,
        // Nothing here is anybody's original.
        CopyrightCheckResult: {
          Count: 0,
          ResultList: { item: [] },
          CheckState: push.urls.length > 0 ? 1 : 0,
        },
        ArticleUrlResult: {
          Count: push.urls.length,
          ResultList: { item: push.urls.map((ArticleUrl, at) => ({ ArticleIdx: at + 1, ArticleUrl })) },
        },
      }
    case 'PUBLISHJOBFINISH':
      return {
        PublishEventInfo: {
          publish_id: BigInt(push.publishId),
          publish_status: push.status,
          ...(push.articleId === undefined
            ? Object.fromEntries(push.failed.length > 0 ? [['fail_idx', push.failed]] : [])
            : {
                article_id: push.articleId,
                article_detail: {
                  count: push.urls.length,
                  item: push.urls.map((article_url, at) => ({ idx: at + 1, article_url })),
                },
              }),
        },
      }
    case 'kf_create_session':
    case 'kf_close_session':
      return { KfAccount: push.kfAccount, CloseType: push.closeType }
  }
}
