import { beforeEach, expect, it, vi } from 'vitest'
import { loadWx } from './loadWx'

interface Script {
  src: string
  onload: () => void
  onerror: () => void
}

let scripts: Record<string, Script>
let window: { wx?: object; document: object }
const onLate = vi.fn()
beforeEach(() => {
  onLate.mockClear()
  scripts = {}
  const append = (script: Script) => (scripts[script.src] = script)
  window = { document: { createElement: () => ({}), head: { append } } }
})
const load = () => loadWx(window as unknown as Window, ['one', 'two'], { timeout: 30, onLate })
const isAsked = (name: string) => vi.waitFor(() => expect(scripts[name]).toBeDefined())
function arrives(name: string): object {
  const wx = { from: name }
  window.wx = wx
  scripts[name]?.onload()
  return wx
}

it('a script that hangs is not waited for, and when it comes late it replaces nothing', async () => {
  const loading = load()
  await isAsked('two')
  const second = arrives('two')
  expect(await loading).toBe(second)
  arrives('one')
  expect(window.wx).toBe(second)
  expect(onLate).not.toHaveBeenCalled()
})

it('of two that are slow the one that comes first is taken', async () => {
  const loading = load()
  await isAsked('two')
  const first = arrives('one')
  expect(await loading).toBe(first)
  arrives('two')
  expect(window.wx).toBe(first)
})

it('an address that fails is passed over at once', async () => {
  const loading = loadWx(window as unknown as Window, ['one', 'two'], { timeout: 60_000, onLate })
  scripts['one']?.onerror()
  await isAsked('two')
  expect(await Promise.all([loading, arrives('two')])).toEqual([window.wx, window.wx])
})

it('when all hang it fails, and says so when one comes after all', async () => {
  await expect(load()).rejects.toThrow('one, two')
  const late = arrives('one')
  expect(onLate).toHaveBeenCalledTimes(1)
  expect(await load()).toBe(late)
})
