import { afterEach, expect, it, vi } from 'vitest'
import { sweepHourly } from './sweepHourly.ts'

afterEach(() => void vi.useRealTimers())

it('what nobody used goes where nobody uploads anything more, also after a failure, until the end', async () => {
  vi.useFakeTimers()
  const sweep = vi.fn<() => Promise<void>>().mockRejectedValueOnce(new Error('away')).mockResolvedValue()
  const warn = vi.fn()
  const end = new AbortController()
  sweepHourly({ pictures: { sweep }, log: { warn }, ending: end.signal })
  await vi.advanceTimersByTimeAsync(2 * 3_600_000)
  expect([sweep.mock.calls.length, warn.mock.calls.length]).toEqual([2, 1])
  end.abort()
  await vi.advanceTimersByTimeAsync(3_600_000)
  expect(sweep).toHaveBeenCalledTimes(2)
})
