import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { loadWx } from './loadWx.ts'

interface Script {
  src: string
  onload: () => void
  onerror: () => void
}

let scripts: Record<string, Script>
let window: { wx?: object; document: object }
const onLate = vi.fn()
beforeEach(() => {
  vi.useFakeTimers()
  onLate.mockClear()
  scripts = {}
  const append = (script: Script) => (scripts[script.src] = script)
  window = { document: { createElement: () => ({}), head: { append } } }
})
afterEach(() => void vi.useRealTimers())
const load = () => loadWx(window as unknown as Window, ['one', 'two'], { timeout: 4000, onLate })
function arrives(name: string): object {
  const wx = { from: name }
  window.wx = wx
  scripts[name]?.onload()
  return wx
}

it('a script that hangs is not waited for, and when it comes late it replaces nothing', async () => {
  const loading = load()
  vi.advanceTimersByTime(3999)
  expect(scripts['two']).toBeUndefined()
  vi.advanceTimersByTime(1)
  const second = arrives('two')
  expect(await loading).toBe(second)
  arrives('one')
  expect(window.wx).toBe(second)
  expect(onLate).not.toHaveBeenCalled()
})

it('of two that are slow the one that comes first is taken', async () => {
  const loading = load()
  vi.advanceTimersByTime(4000)
  const first = arrives('one')
  expect(await loading).toBe(first)
  arrives('two')
  expect(window.wx).toBe(first)
})

it('an address that fails is passed over at once', async () => {
  const loading = load()
  scripts['one']?.onerror()
  expect(await Promise.all([loading, arrives('two')])).toEqual([window.wx, window.wx])
})

it('when all hang it fails, and says so when one comes after all', async () => {
  const loading = expect(load()).rejects.toThrow('one, two')
  vi.advanceTimersByTime(8000)
  await loading
  const late = arrives('one')
  expect(onLate).toHaveBeenCalledTimes(1)
  expect(await load()).toBe(late)
})
