import { Router, type Request } from 'express'
import { route } from 'starter-server/endpoint'
import { beaconBodies } from 'starter-server/jsonBodies'
import type { Metrics } from 'starter-server/metrics'
import { sameOrigin } from 'starter-server/sameOrigin'
import type { Env } from '../env.ts'
import { wechatContract } from './contract.ts'

// What the pages of apps/web report: how a card stands (`ShareStatus`), or why there is none (`WechatErrorCode`).
const CODES = new Set([
  ...['ready', 'legacy', 'posted', 'failed'],
  ...['script_not_loaded', 'not_signed', 'config_refused', 'card_refused', 'not_permitted', 'not_supported'],
  ...['cancelled', 'call_failed', 'page_left', 'no_answer'],
])

/**
 * `POST /api/share-report`: what WeChat said to a page, counted. Only words that are known become labels: nobody can make
 * the metrics grow. Stands above `changes`, with its limit and its session: every page may send one.
 */
export function shareReport({ env, onVerdict }: { env: Env } & Pick<Metrics, 'onVerdict'>): Router {
  return Router()
    .post('/api/share-report', sameOrigin(env), beaconBodies())
    .use(
      route(wechatContract, 'POST /api/share-report', ({ body, req }) => {
        const code = body.code ?? body.outcome
        onVerdict({ ...phoneOf(req.get('user-agent') ?? ''), code: CODES.has(code) ? code : 'other' })
      }),
    )
}

/**
 * Asks a page to report: where metrics are served, and of so many visits as `SHARE_REPORT_SAMPLE` says.
 *
 * @param random from 0 to 1, without 1
 */
export function reportsOfPage(
  { metricsPath, shareReportSample }: Pick<Env, 'metricsPath' | 'shareReportSample'>,
  random: () => number = Math.random,
): (req: Request) => { reports?: true } {
  return () => (metricsPath && random() < shareReportSample ? { reports: true } : {})
}

// The same marks as in packages/wechat-web/src/environment.ts.
function phoneOf(userAgent: string): { platform: string; client: string } {
  const ua = userAgent.slice(0, 1024).toLowerCase()
  const platform = ua.includes('android') ? 'android' : /iphone|ipad/.test(ua) ? 'ios' : 'other'
  if (ua.includes('wxwork')) return { platform, client: 'wecom' }
  if (!ua.includes('micromessenger')) return { platform, client: 'other' }
  return { platform, client: ua.includes('miniprogram') ? 'mini_program' : 'wechat' }
}
