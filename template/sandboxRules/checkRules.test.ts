import { expect, it } from 'vitest'
import { defineRule } from 'wechat-sandbox/rules'
import { problemsOf } from './checkRules.ts'

const source = { source: '全局返回码', checkedOn: '2026-11-21' }
const sure = defineRule({ id: 'first-rule', text: 'One', confidence: 'certain', ...source })
const unsure = defineRule({ id: 'second-rule', text: 'Two', confidence: 'believed', ...source })
const shown = [
  { text: 'One', is: 'certain' },
  { text: 'Two', is: 'believed' },
]
// Put together, so that it is no title of this file itself.
const titleOf = (...ids: string[]) => `it('x ${ids.map((id) => `[${id}]`).join(' ')}', () => {})`
const tests = [titleOf('first-rule', 'second-rule')]

it('finds nothing where every rule has its test and its row', () =>
  expect(problemsOf([sure, unsure], tests, shown)).toEqual([]))

it('finds a rule without a test', () =>
  expect(problemsOf([sure, unsure], [titleOf('first-rule')], shown)).toEqual(['second-rule has no test']))

it('finds a test of a rule that is none', () =>
  expect(problemsOf([sure, unsure], [...tests, titleOf('third-rule')], shown)).toEqual([
    'a test names third-rule, which is no rule',
  ]))

it('finds what is believed and shown as certain', () =>
  expect(
    problemsOf(
      [sure, unsure],
      tests,
      shown.map(({ text }) => ({ text, is: 'certain' })),
    ),
  ).toEqual(['second-rule is believed, and the document says certain']))

it('finds a rule that the document does not show, and an id that two have', () => {
  expect(problemsOf([sure, unsure], tests, shown.slice(0, 1))).toEqual(['second-rule is not in the document'])
  expect(problemsOf([sure, sure], [titleOf('first-rule')], shown)).toEqual([
    'first-rule stands for two rules',
  ])
})

it('an id is words with hyphens', () =>
  expect(() => defineRule({ ...sure, id: 'Rule 1' })).toThrow('no id of a rule'))
