import { describe, expect, it, vi } from 'vitest'
import { copyText } from './copyText'

/** A window with just what is asked of it; `execCommand` answers as told and sees the field with its text. */
function fakeWindow(clipboard: { writeText(text: string): Promise<void> } | undefined, older: () => boolean) {
  const copied: string[] = []
  const field = {
    value: '',
    readOnly: false,
    style: { cssText: '' },
    select: vi.fn(),
    setSelectionRange: vi.fn(),
    remove: vi.fn(),
  }
  const document = {
    activeElement: null,
    createElement: () => field,
    body: { append: vi.fn() },
    execCommand: (command: string) => {
      const done = older()
      if (command === 'copy' && done) copied.push(field.value)
      return done
    },
  }
  return { window: { navigator: { clipboard }, document } as unknown as Window, copied, field }
}
const ADDRESS = 'https://h5.example.com/me'

describe('an address is copied', () => {
  it('by the clipboard', async () => {
    const writeText = vi.fn(async () => undefined)
    const { window, copied } = fakeWindow({ writeText }, () => true)
    expect(await copyText(ADDRESS, window)).toBe(true)
    expect(writeText).toHaveBeenCalledWith(ADDRESS)
    expect(copied).toEqual([])
  })

  it.each([
    ['there is none', undefined],
    ['it is not allowed', { writeText: () => Promise.reject(new Error('NotAllowedError')) }],
  ])('by a field where %s, which is taken away again', async (_case, clipboard) => {
    const { window, copied, field } = fakeWindow(clipboard, () => true)
    expect(await copyText(ADDRESS, window)).toBe(true)
    expect(copied).toEqual([ADDRESS])
    expect(field.remove).toHaveBeenCalledOnce()
  })

  it.each([
    ['says no', () => false],
    [
      'fails',
      () => {
        throw new Error('SecurityError')
      },
    ],
  ])('or it is told that it is not: the older way %s', async (_case, older) => {
    const { window, field } = fakeWindow(undefined, older)
    expect(await copyText(ADDRESS, window)).toBe(false)
    expect(field.remove).toHaveBeenCalledOnce()
  })
})
