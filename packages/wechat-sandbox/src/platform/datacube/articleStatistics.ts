import type { ArticleRead } from '../articles/articleRead.ts'
import type { MassMessage } from '../mass/massMessages.ts'
import type { Publication } from '../publishing/publications.ts'
import { dayOf, hourOf } from './period.ts'

type Row = Record<string, string | number>

/** What statistics of articles are made of. */
export interface ArticleHappenings {
  reads: readonly ArticleRead[]
  /** What was sent to many; of the rest nothing is told by article. */
  sent: readonly MassMessage[]
  find: (articleId: string) => Publication | undefined
}

// Where a read came from: everywhere, and from the chat. Of others the sandbox knows nothing.
const SOURCES = [99_999_999, 0]
const LONGEST = 7 // days that an article is followed

/** How often articles that were sent to many were read on each day. */
export function articleSummary(days: readonly string[], happened: ArticleHappenings): Row[] {
  return days.flatMap((ref_date) =>
    articlesOf(happened.sent, happened).flatMap(({ msgid, title, reads }) => {
      const today = reads.filter(({ at }) => dayOf(at) === ref_date)
      return today.length > 0 ? [{ ref_date, user_source: 0, msgid, title, ...counted(today) }] : []
    }),
  )
}

/** What was sent on each day, and how often it had been read by the end of each day since. @param until the last day */
export function articleTotal(days: readonly string[], happened: ArticleHappenings, until: string): object[] {
  return days.flatMap((ref_date) => {
    const sent = happened.sent.filter(({ at }) => dayOf(at) === ref_date)
    return articlesOf(sent, happened).map(({ msgid, title, reads, receivers }) => ({
      ref_date,
      msgid,
      title,
      details: daysFrom(ref_date, until).map((stat_date) => ({
        stat_date,
        target_user: receivers,
        ...counted(reads.filter(({ at }) => dayOf(at) <= stat_date)),
      })),
    }))
  })
}

/** How often articles were read, by where the readers came from. */
export function userRead(days: readonly string[], reads: readonly ArticleRead[], byHour: boolean): Row[] {
  return days.flatMap((ref_date) => {
    const today = reads.filter(({ at }) => dayOf(at) === ref_date)
    const hours = byHour ? [...new Set(today.map(({ at }) => hourOf(at)))] : [undefined]
    return hours.flatMap((ref_hour) => {
      const then = today.filter(({ at }) => ref_hour === undefined || hourOf(at) === ref_hour)
      const time: Row = ref_hour === undefined ? { ref_date } : { ref_date, ref_hour }
      return then.length > 0 ? SOURCES.map((user_source) => ({ ...time, user_source, ...counted(then) })) : []
    })
  })
}

function articlesOf(sent: readonly MassMessage[], { reads, find }: ArticleHappenings) {
  return sent.flatMap(({ articleId, dataId, receivers }) => {
    const articles = articleId === undefined ? [] : (find(articleId)?.articles ?? [])
    return articles.map(({ title }, index) => ({
      msgid: `${dataId}_${index + 1}`,
      title,
      receivers,
      reads: reads.filter((read) => read.articleId === articleId && read.index === index),
    }))
  })
}

function counted(reads: readonly ArticleRead[]): Row {
  return {
    int_page_read_user: new Set(reads.map(({ openid }) => openid)).size,
    int_page_read_count: reads.length,
    ...{ ori_page_read_user: 0, ori_page_read_count: 0 },
    ...{ share_user: 0, share_count: 0, add_to_fav_user: 0, add_to_fav_count: 0 },
  }
}

function daysFrom(first: string, until: string): string[] {
  const days = Array.from({ length: LONGEST }, (_, at) =>
    new Date(Date.parse(first) + at * 86_400_000).toISOString().slice(0, 10),
  )
  return days.filter((day) => day <= until)
}
