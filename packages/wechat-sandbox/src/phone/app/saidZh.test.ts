import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { QUIRKS } from '../../native/quirks.ts'
import { SWITCHES } from '../../platform/switches/switches.ts'
import { saidZh } from './saidZh.ts'

/** Two words of English in a row: names of fields and of APIs are none. */
const ENGLISH = /\b[a-z]+ [a-z]+\b/i

it('every choice of a switch or quirk has a Chinese word', () => {
  const options = [
    ...Object.values(SWITCHES).flatMap((one) => ('options' in one ? [...one.options] : [])),
    ...Object.values(QUIRKS).flatMap(({ values }) => [...values]),
  ]
  expect(options.filter((option) => /[a-z]/i.test(saidZh(option).replace(/token|URL/, '')))).toEqual([])
})

it('so has every source', () => {
  const sources = [...Object.values(SWITCHES), ...Object.values(QUIRKS)].map(({ source }) => saidZh(source))
  expect(sources.filter((source) => ENGLISH.test(source.replace(/^API IP /, '')))).toEqual([])
})

it('so has everything that can be wrong with a reply or with the server configuration', () => {
  const sources = ['push/reply.ts', 'push/deliver.ts', 'push/settings.ts', '../front/savePush.ts'].map(
    (path) => readFileSync(new URL(`../../platform/${path}`, import.meta.url), 'utf8'),
  )
  const texts = sources.flatMap((source) =>
    [...source.matchAll(/(?:Error\(|problem: |error: |: )(['`"])([a-z].*?)\1/gi)].map(
      ([, , text = '']) => text,
    ),
  )
  expect(texts.length).toBeGreaterThan(15)
  expect(texts.filter((text) => ENGLISH.test(saidZh(text.replace(/\$\{.*?\}/g, '7'))))).toEqual([])
})

it('what is not known stays', () => expect(saidZh('wx.config')).toBe('wx.config'))
