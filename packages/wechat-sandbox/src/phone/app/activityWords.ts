import type { Activity } from '../activity.ts'
import { said, words } from './words.js'

interface Described {
  name: string
  /** Where it happened. */
  context: string
  outcome: string
  state: 'good' | 'bad' | 'neutral'
  details: [label: string, value: unknown][]
}

// Every call carries the values of wx.config; they would hide what the call is about.
const AUTH = /^(appId|verify(AppId|SignType|Timestamp|NonceStr|Signature))$/

/** One line of the log in words. */
export function describe(activity: Exclude<Activity, { kind: 'page' }>): Described {
  switch (activity.kind) {
    case 'bridge': {
      const { name, params, url, reply } = activity.call
      const isConfig = name === 'preVerifyJSAPI'
      const shown = Object.entries(params).filter(([key]) => isConfig || !AUTH.test(key))
      const details: [string, unknown][] = [
        [words.asked, Object.fromEntries(shown)],
        [words.got, reply],
      ]
      return {
        name: isConfig ? 'wx.config' : name,
        context: pathOf(url),
        ...bridgeOutcome(reply.err_msg),
        details,
      }
    }
    case 'api': {
      const { method, path, query, body, response, errcode, errmsg, status, ms } = activity.call
      const outcome = status === 0 ? words.unanswered : errcode ? String(errcode) : said(errmsg || 'ok')
      const details: [string, unknown][] = [
        [words.asked, body ? `${JSON.stringify(query)}\n${body}` : query],
        [words.got, response],
      ]
      const good = status > 0 && status < 500 && !errcode
      return { name: path, context: `${method} · ${ms} ms`, outcome, state: good ? 'good' : 'bad', details }
    }
    case 'push': {
      const { deliveries, problem, reply } = activity
      const last = deliveries.at(-1)
      const context = `${words.tries(deliveries.length)} · ${last?.ms ?? 0} ms`
      const details: [string, unknown][] = [
        ...(problem ? [[words.failed, said(problem)] as [string, unknown]] : []),
        [words.got, reply ?? (last && 'body' in last ? last.body : '')],
      ]
      const outcome = problem ? words.failed : words.ok
      return { name: `→ ${said(activity.label)}`, context, outcome, state: problem ? 'bad' : 'good', details }
    }
  }
}

function bridgeOutcome(err_msg: string): { outcome: string; state: Described['state'] } {
  if (/ok$|^network_type:(wifi|wwan)/.test(err_msg)) return { outcome: words.ok, state: 'good' }
  if (/cancel$/.test(err_msg)) return { outcome: words.hasCancelled, state: 'neutral' }
  return { outcome: words.refused, state: 'bad' }
}

/** What stands after the host: it is the same all along. */
export function pathOf(url: string): string {
  if (!URL.canParse(url)) return url
  const { pathname, search, hash } = new URL(url)
  return pathname + search + hash
}
