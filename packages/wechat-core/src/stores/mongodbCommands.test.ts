// What is asked of MongoDB, looked at from outside: whether MongoDB does it is the suite's business (mongodb.test.ts).
import { describe, expect, it } from 'vitest'
import { adding, counting, living, overwriting } from './mongodbCommands.ts'

describe.each([
  ['living', living('a', 'one')],
  ['overwriting', overwriting('one', 3000)],
  ['adding', adding('one', 3000, 'me')],
  ['counting', counting(3000)],
])('%s', (_name, command) => {
  it("reads the server's clock and none of ours", () => {
    expect(JSON.stringify(command)).toContain('$$NOW')
    expect(numbersIn(command).filter((number) => number > 3000)).toEqual([])
    expect(datesIn(command)).toEqual([])
  })
})

it('a value that looks like the name of a field is a value', () => {
  expect(overwriting('$value', undefined)).toMatchObject([{ $set: { value: { $literal: '$value' } } }, {}])
  expect(JSON.stringify(adding('$secret', undefined, 'me'))).toContain('{"$literal":"$secret"}')
})

it('without a time a value stays', () => {
  expect(overwriting('one', undefined)).toMatchObject([{ $set: { expiresAt: '$$REMOVE' } }, {}])
})

function everythingIn(value: unknown): unknown[] {
  return typeof value === 'object' && value !== null
    ? [value, ...Object.values(value).flatMap(everythingIn)]
    : [value]
}
const numbersIn = (value: unknown): number[] => everythingIn(value).filter((one) => typeof one === 'number')
const datesIn = (value: unknown): unknown[] => everythingIn(value).filter((one) => one instanceof Date)
