import { readdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect, it } from 'vitest'
import { QUIRKS } from '../native/quirks.ts'
import { SWITCHES } from '../platform/switches/switches.ts'
import { RULES, RULES_BY_ROOM } from './rules.ts'

const SOURCE = new URL('../', import.meta.url)

it('every room with rules is in the list', () => {
  const sources = readdirSync(SOURCE, { encoding: 'utf8', recursive: true })
  const rooms = sources.filter((name) => /(^|\/)rules\.ts$/.test(name) && name !== 'rules/rules.ts')
  expect(Object.keys(RULES_BY_ROOM).sort()).toEqual(rooms.map(dirname).sort())
})

it('no rule is told twice', () => {
  expect(new Set(RULES.map(({ text }) => text)).size).toBe(RULES.length)
})

it('what turns a rule is a switch or a quirk, and each that stands for a belief turns one', () => {
  const turning = new Set(RULES.flatMap(({ turnedBy }) => turnedBy ?? []))
  const known = [...Object.keys(SWITCHES), ...Object.keys(QUIRKS)]
  expect([...turning].filter((name) => !known.includes(name))).toEqual([])
  const beliefs = Object.entries(SWITCHES).flatMap(([name, { mark }]) => (mark === 'believed' ? name : []))
  expect([...beliefs, ...Object.keys(QUIRKS)].filter((name) => !turning.has(name))).toEqual([])
})
