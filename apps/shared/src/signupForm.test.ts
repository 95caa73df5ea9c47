import { describe, expect, it } from 'vitest'
import { checkAnswers, explainMistake, type SignupField } from './signupForm.ts'

const fields: SignupField[] = [
  { name: 'name', label: '姓名', type: 'text', required: true, max: 4 },
  { name: 'phone', label: '手机', type: 'phone', required: true },
  { name: 'guests', label: '人数', type: 'number', min: 1, max: 4 },
  { name: 'meal', label: '用餐', type: 'choice', options: ['荤', '素'] },
  { name: 'agree', label: '同意', type: 'consent', required: true },
]
const good = { name: '张三', phone: '138 0013-8000', guests: '2', meal: '素', agree: true }
const mistakesOf = (given: unknown) => checkAnswers(fields, given).mistakes

it('takes what fits, as it is kept', () => {
  expect(checkAnswers(fields, good)).toEqual({
    answers: { name: '张三', phone: '13800138000', guests: 2, meal: '素', agree: true },
  })
})

it('what is not required may be left out, or empty', () => {
  const { guests: _guests, meal: _meal, ...rest } = good
  expect(checkAnswers(fields, { ...rest, guests: '', meal: null })).toEqual({
    answers: { name: '张三', phone: '13800138000', agree: true },
  })
})

it.each<[string, object, string, string]>([
  ['nothing', { name: '  ' }, 'name', 'required'],
  ['too much', { name: '一二三四五' }, 'name', 'long'],
  ['no text', { name: ['a'] }, 'name', 'text'],
  ['a text that turns the line around', { name: 'a\u202eb' }, 'name', 'text'],
  ['no phone', { phone: '12345' }, 'phone', 'phone'],
  ['a phone of letters', { phone: '1380013800O' }, 'phone', 'phone'],
  ['no number', { guests: 'two' }, 'guests', 'number'],
  ['half a person', { guests: 1.5 }, 'guests', 'whole'],
  ['too few', { guests: 0 }, 'guests', 'min'],
  ['too many', { guests: 5 }, 'guests', 'max'],
  ['endless', { guests: '1e999' }, 'guests', 'number'],
  ['no option', { meal: '鱼' }, 'meal', 'choice'],
  ['no consent', { agree: false }, 'agree', 'consent'],
  ['a consent in words', { agree: 'true' }, 'agree', 'consent'],
  ['a field that nobody asked for', { isAdmin: true }, 'isAdmin', 'unknown'],
])('names %s', (_case, change, field, code) => {
  expect(mistakesOf({ ...good, ...change })).toEqual({ [field]: expect.objectContaining({ code }) })
})

it.each([undefined, null, 'x', 4, [], [good]])('%j is no form', (given) => {
  expect(Object.keys(mistakesOf(given) ?? {})).toEqual(expect.arrayContaining(['name', 'phone', 'agree']))
})

it('a field of that name on every object is not one of the form', () => {
  expect(mistakesOf(JSON.parse('{"__proto__": {"name": "x"}, "constructor": 1}'))).toMatchObject({
    name: { code: 'required' },
    constructor: { code: 'unknown' },
  })
})

it('counts characters as people do', () => {
  expect(checkAnswers(fields, { ...good, name: '🍵🍵🍵🍵' }).mistakes).toBeUndefined()
})

describe('words', () => {
  it.each([
    ['zh-CN', '最多 4 个字'],
    ['en', 'At most 4 characters'],
  ])('%s', (language, words) => expect(explainMistake({ code: 'long', limit: 4 }, language)).toBe(words))
})
