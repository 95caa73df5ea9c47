import type { Request, RequestHandler, Response } from 'express'
import type { Logger } from 'pino'
import { Counter, Histogram, Registry } from 'prom-client'
import type { PushEvent, WechatEvent } from 'wechat-core'

export interface Metrics {
  onEvent: (event: WechatEvent | PushEvent) => void
  /** Counts what a page has reported. Each label is one of few words. */
  onVerdict: (verdict: { platform: string; client: string; code: string }) => void
  /** What Prometheus reads. */
  registry: Registry
}

const SECONDS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** Logs and counts what happens with credentials, calls and pushes. Events hold no secret. */
export function createMetrics(log: Logger): Metrics {
  const registry = new Registry()
  const counter = <L extends string>(name: string, help: string, ...labelNames: L[]) =>
    new Counter({ name, help, labelNames, registers: [registry] })
  const histogram = <L extends string>(name: string, help: string, ...labelNames: L[]) =>
    new Histogram({ name, help, labelNames, buckets: SECONDS, registers: [registry] })

  const refreshes = counter(
    'wechat_credential_refreshes_total',
    'Credentials fetched from WeChat, by result (ok or the error code)',
    'credential',
    'result',
  )
  const waits = histogram(
    'wechat_credential_wait_seconds',
    'How long callers waited for a credential',
    'credential',
  )
  const drops = counter(
    'wechat_credential_drops_total',
    'Credentials that WeChat refused before their time',
    'credential',
  )
  const storeFailures = counter(
    'wechat_store_failures_total',
    'Times that the store did not answer and memory was used',
    'credential',
  )
  const requests = histogram(
    'wechat_request_seconds',
    'Requests to WeChat, by path and errcode (0: success, none: no answer)',
    'path',
    'errcode',
  )
  const retries = counter(
    'wechat_retries_total',
    'Requests sent once more with a new access_token, by the errcode of the first',
    'errcode',
  )
  const pushes = histogram(
    'wechat_push_seconds',
    'Pushes taken from WeChat, by kind and outcome (replied, silent, late, repeated)',
    'kind',
    'outcome',
  )
  const pushFailures = counter(
    'wechat_push_failures_total',
    'Handlers of pushes that failed, and late replies that could not be sent',
    'kind',
    'step',
  )

  const verdicts = counter(
    'wechat_page_verdicts_total',
    'What pages report of their share cards, by platform, client, and status or error code',
    'platform',
    'client',
    'code',
  )

  const onEvent: Metrics['onEvent'] = (event) => {
    switch (event.type) {
      case 'refreshed':
        refreshes.inc({ credential: event.credential, result: 'ok' })
        log.info({ wechat: event }, `${event.credential} fetched`)
        break
      case 'refresh_failed':
        refreshes.inc({ credential: event.credential, result: event.code })
        log.warn({ wechat: event }, `${event.credential} could not be fetched: ${event.code}`)
        break
      case 'waited':
        waits.observe({ credential: event.credential }, event.ms / 1000)
        break
      case 'dropped':
        drops.inc({ credential: event.credential })
        log.warn({ wechat: event }, `${event.credential} was refused by WeChat and is fetched again`)
        break
      case 'store_failed':
        storeFailures.inc({ credential: event.credential })
        log.warn({ wechat: event }, 'the store does not answer; memory is used')
        break
      case 'request':
        requests.observe({ path: event.path, errcode: String(event.errcode ?? 'none') }, event.ms / 1000)
        log.debug({ wechat: event }, `${event.path} answered ${event.errcode ?? 'nothing'}`)
        break
      case 'retried':
        retries.inc({ errcode: String(event.errcode) })
        break
      case 'push':
        pushes.observe({ kind: event.kind, outcome: event.outcome }, event.ms / 1000)
        log.debug({ wechat: event }, `push ${event.kind}: ${event.outcome}`)
        break
      case 'push_failed':
        pushFailures.inc({ kind: event.kind, step: event.step })
        log.error({ err: event.error }, `push ${event.kind}: ${event.step} failed`)
    }
  }
  return { onEvent, onVerdict: (verdict) => verdicts.inc(verdict), registry }
}

/**
 * `GET METRICS_PATH`: what Prometheus reads. Off unless configured, and at no other spelling: a proxy that keeps this
 * path from the public compares letters.
 */
export function metricsRoute({
  env,
  registry,
}: {
  env: { metricsPath: string | undefined }
  registry: Registry
}): RequestHandler {
  const { metricsPath } = env
  const isAsked = ({ method, originalUrl }: Request) =>
    metricsPath !== undefined &&
    (method === 'GET' || method === 'HEAD') &&
    originalUrl.split('?', 1)[0] === metricsPath
  return (req, res, next) => (isAsked(req) ? answer(res) : next())

  async function answer(res: Response): Promise<void> {
    res
      .set('cache-control', 'no-store')
      .type(registry.contentType)
      .send(await registry.metrics())
  }
}
