import { afterEach, expect, it, vi } from 'vitest'

afterEach(() => vi.unstubAllGlobals())

it.each([
  ['zh-CN', 'zh-CN', '2026年11月20日'],
  ['zh-HK', 'zh-CN', '2026年11月20日'],
  ['en-GB', 'en', '20 November 2026'],
  ['en-US', 'en', 'November 20, 2026'],
  ['fr-FR', 'en', '20 November 2026'],
])('a reader of %s: words in %s, a day is %s', async (reader, expected, day) => {
  vi.stubGlobal('navigator', { language: reader })
  vi.resetModules()
  const { formatDay, language, texts } = await import('./language')
  expect([language, formatDay('2026-11-20')]).toEqual([expected, day])
  expect(texts.me).toBe(expected === 'en' ? 'Me' : '我的')
})
