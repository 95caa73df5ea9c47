import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { WechatError } from 'wechat-web'
import { createShareReport, type ReportWindow } from './shareReport'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function open(visit: object | undefined) {
  const told: [address: string | URL, body: unknown][] = []
  const window: ReportWindow = {
    document: { getElementById: () => (visit ? { textContent: JSON.stringify(visit) } : null) },
    navigator: {
      sendBeacon: (address, body) => !!told.push([address, body]),
    },
    setTimeout: (work, milliseconds) => setTimeout(work, milliseconds),
  }
  return { told, report: createShareReport(window) }
}

it('each verdict is told once, after everything else', () => {
  const { told, report } = open({ reports: true })
  report('pending', undefined)
  report('failed', new WechatError('config_refused', 'config:fail, invalid url domain'))
  report('failed', new WechatError('config_refused', 'config:fail, invalid url domain'))
  report('ready', undefined)
  report('covered', undefined)
  expect(told).toEqual([])
  vi.runAllTimers()
  expect(told.map(([address]) => address)).toEqual(['/api/share-report', '/api/share-report'])
  expect(told.map(([, body]) => body)).toEqual([
    '{"outcome":"failed","code":"config_refused"}',
    '{"outcome":"ready"}',
  ])
})

it.each([[{}], [undefined]])('a page that the server does not ask reports nothing: %j', (visit) => {
  const { told, report } = open(visit)
  report('ready', undefined)
  vi.runAllTimers()
  expect(told).toEqual([])
})
