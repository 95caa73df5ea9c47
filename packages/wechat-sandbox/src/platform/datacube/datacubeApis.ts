import { z } from 'zod'
import { post, type Endpoint } from '../api/endpoint.ts'
import { demand } from '../permissions.ts'
import type { Platform } from '../platform.ts'
import type { PushOutcome } from '../push/pushes.ts'
import { articleSummary, articleTotal, userRead } from './articleStatistics.ts'
import { DAY, dayOf, daysOf, hourOf, monthOf, weekOf } from './period.ts'
import { callbacks, messageDistribution, messages, userCumulate, userSummary } from './statistics.ts'

const periodBody = z.object({ begin_date: z.string(), end_date: z.string() })

const byDay = ({ at }: PushOutcome) => ({ ref_date: dayOf(at) })
const byHour = ({ at }: PushOutcome) => ({ ref_date: dayOf(at), ref_hour: hourOf(at) })
const byWeek = ({ at }: PushOutcome) => ({ ref_date: weekOf(at) })
const byMonth = ({ at }: PushOutcome) => ({ ref_date: monthOf(at) })

/**
 * 数据统计: what happened in the sandbox until yesterday; the clock can be moved on to see what happens today.
 *
 * @see https://developers.weixin.qq.com/doc/offiaccount/Analytics/User_Analysis_Data_Interface.html
 */
export function datacubeApis(platform: Platform): Endpoint[] {
  const { articleReads, followers, massMessages, publications, push, switches, now } = platform
  const statistic = (name: string, mostDays: number, list: (days: string[]) => unknown[]) =>
    post(`/datacube/${name}`, periodBody, ({ body }) => {
      demand(switches, 'statistics')
      return { list: list(daysOf(body, mostDays, now())) }
    })
  const ofArticles = () => ({
    reads: articleReads.list(),
    sent: massMessages.list(),
    find: (articleId: string) => publications.get(articleId),
  })
  const told = (days: string[]) => push.outcomes.list().filter(({ at }) => days.includes(dayOf(at)))
  return [
    statistic('getusersummary', 7, (days) => userSummary(days, followers.changes.list())),
    statistic('getusercumulate', 7, (days) =>
      userCumulate(days, followers.changes.list(), followers.list().length),
    ),
    statistic('getarticlesummary', 1, (days) => articleSummary(days, ofArticles())),
    statistic('getarticletotal', 1, (days) => articleTotal(days, ofArticles(), dayOf(now() - DAY))),
    statistic('getuserread', 3, (days) => userRead(days, articleReads.list(), false)),
    statistic('getuserreadhour', 1, (days) => userRead(days, articleReads.list(), true)),
    // Nobody shares an article in the sandbox.
    statistic('getusershare', 7, () => []),
    statistic('getusersharehour', 1, () => []),
    statistic('getupstreammsg', 7, (days) => messages(told(days), byDay)),
    statistic('getupstreammsghour', 1, (days) => messages(told(days), byHour)),
    statistic('getupstreammsgweek', 30, (days) => messages(told(days), byWeek)),
    statistic('getupstreammsgmonth', 30, (days) => messages(told(days), byMonth)),
    statistic('getupstreammsgdist', 15, (days) => messageDistribution(told(days), byDay)),
    statistic('getupstreammsgdistweek', 30, (days) => messageDistribution(told(days), byWeek)),
    statistic('getupstreammsgdistmonth', 30, (days) => messageDistribution(told(days), byMonth)),
    statistic('getinterfacesummary', 30, (days) => callbacks(told(days), byDay)),
    statistic('getinterfacesummaryhour', 1, (days) => callbacks(told(days), byHour)),
  ]
}
