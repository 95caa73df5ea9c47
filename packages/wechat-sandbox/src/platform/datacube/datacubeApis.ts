import { z } from 'zod'
import { post, type Endpoint } from '../api/endpoint.ts'
import { demand } from '../permissions.ts'
import type { Platform } from '../platform.ts'
import type { PushOutcome } from '../push/pushes.ts'
import { dayOf, daysOf, hourOf, monthOf, weekOf } from './period.ts'
import { callbacks, messageDistribution, messages, userCumulate, userSummary } from './statistics.ts'

const periodBody = z.object({ begin_date: z.string(), end_date: z.string() })

const byDay = ({ at }: PushOutcome) => ({ ref_date: dayOf(at) })
const byHour = ({ at }: PushOutcome) => ({ ref_date: dayOf(at), ref_hour: hourOf(at) })
const byWeek = ({ at }: PushOutcome) => ({ ref_date: weekOf(at) })
const byMonth = ({ at }: PushOutcome) => ({ ref_date: monthOf(at) })

// 图文分析数据接口, with the most days that each tells of at once.
const ARTICLES = {
  getarticlesummary: 1,
  getarticletotal: 1,
  getuserread: 3,
  getuserreadhour: 1,
  getusershare: 7,
  getusersharehour: 1,
}

/**
 * 数据统计: what happened in the sandbox until yesterday; the clock can be moved on to see what happens today.
 *
 * @see https://developers.weixin.qq.com/doc/offiaccount/Analytics/User_Analysis_Data_Interface.html
 */
export function datacubeApis({ followers, push, switches, now }: Platform): Endpoint[] {
  const statistic = (name: string, mostDays: number, list: (days: string[]) => unknown[]) =>
    post(`/datacube/${name}`, periodBody, ({ body }) => {
      demand(switches, 'statistics')
      return { list: list(daysOf(body, mostDays, now())) }
    })
  const told = (days: string[]) => push.outcomes.list().filter(({ at }) => days.includes(dayOf(at)))
  return [
    statistic('getusersummary', 7, (days) => userSummary(days, followers.changes.list())),
    statistic('getusercumulate', 7, (days) =>
      userCumulate(days, followers.changes.list(), followers.list().length),
    ),
    // The sandbox has no readers of articles.
    ...Object.entries(ARTICLES).map(([name, mostDays]) => statistic(name, mostDays, () => [])),
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
