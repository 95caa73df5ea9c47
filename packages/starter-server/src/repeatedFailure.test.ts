import { Writable } from 'node:stream'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { WechatTransportError } from 'wechat-core'
import { repeatedFailure } from './repeatedFailure.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const unreachable = () =>
  new WechatTransportError({ method: 'GET', path: '/cgi-bin/x' }, 'wechat_unreachable', 'no answer')

function tell() {
  const lines: string[] = []
  const sink = new Writable({ write: (chunk, _encoding, done) => (lines.push(String(chunk)), done()) })
  const failed = repeatedFailure({ log: pino(sink), what: 'page without a config' })
  const said = () => lines.splice(0).map((line) => String(JSON.parse(line).msg))
  return { failed, said }
}

it('is told at once, then each minute with how often, and at once again after a minute of quiet', () => {
  const { failed, said } = tell()
  for (let at = 0; at < 500; at++) failed(unreachable())
  expect(said()).toEqual([
    'page without a config: wechat_unreachable. WeChat could not be reached. Check DNS, the proxy and the address of the API host.',
  ])
  vi.advanceTimersByTime(60_000)
  expect(said()).toEqual(['page without a config: wechat_unreachable, 499 more times in the last minute'])
  failed(unreachable())
  vi.advanceTimersByTime(60_000)
  expect(said()).toEqual(['page without a config: wechat_unreachable, 1 more time in the last minute'])
  vi.advanceTimersByTime(600_000)
  expect(said()).toEqual([])
  failed(unreachable())
  expect(said()).toHaveLength(1)
})

it('another reason is told of at once', () => {
  const { failed, said } = tell()
  failed(unreachable())
  failed(new TypeError('a mistake of ours'))
  failed('no error at all')
  expect(said().map((line) => line.split('. ')[0])).toEqual([
    'page without a config: wechat_unreachable',
    'page without a config: TypeError',
    'page without a config: unknown',
  ])
})
