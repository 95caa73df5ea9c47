import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { countVisit, type VisitWindow } from './countVisit'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function open(visibilityState: DocumentVisibilityState, search = '') {
  const [page, view] = [new EventTarget(), new EventTarget()]
  const told: Promise<string>[] = []
  const document = Object.assign(page, { visibilityState })
  const window: VisitWindow = Object.assign(view, {
    document,
    location: { search },
    navigator: { sendBeacon: (_url: string | URL, body?: BodyInit | null) => !!told.push(textOf(body)) },
    setTimeout: (work: () => void, milliseconds: number) => setTimeout(work, milliseconds),
  })
  return {
    window,
    told,
    hide: () => view.dispatchEvent(new Event('pagehide')),
    turn(state: DocumentVisibilityState) {
      document.visibilityState = state
      page.dispatchEvent(new Event('visibilitychange'))
    },
  }
}
const textOf = async (body: unknown) => (typeof body === 'string' ? body : '')

it('tells once, and later than what people wait for', async () => {
  const { window, told, hide, turn } = open('visible', '?from=timeline&s=abc')
  countVisit('/articles/tea', window)
  expect(told).toEqual([])
  vi.advanceTimersByTime(1000)
  hide()
  turn('hidden')
  vi.advanceTimersByTime(5000)
  expect(await Promise.all(told)).toEqual(['{"path":"/articles/tea","s":"abc","from":"timeline"}'])
})

it('whoever leaves at once is counted as they go', () => {
  const { window, told, turn } = open('visible')
  countVisit('/articles/tea', window)
  turn('hidden')
  expect(told).toHaveLength(1)
})

it('a page that nobody sees is not counted until somebody does', () => {
  const { window, told, turn, hide } = open('hidden')
  countVisit('/articles/tea', window)
  vi.advanceTimersByTime(5000)
  hide()
  expect(told).toEqual([])
  turn('visible')
  vi.advanceTimersByTime(1000)
  expect(told).toHaveLength(1)
})
