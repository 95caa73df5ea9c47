import { expect, it } from 'vitest'
import { split } from './difference.ts'

it.each([
  ['abcXdef', 'abcYdef', ['abc', 'X', 'def'], ['abc', 'Y', 'def']],
  ['url=/a', 'url=/a?x=1', ['url=/a', '', ''], ['url=/a', '?x=1', '']],
  ['aa', 'aaa', ['aa', '', ''], ['aa', 'a', '']],
  ['', 'a', ['', '', ''], ['', 'a', '']],
  ['same', 'same', ['same', '', ''], ['same', '', '']],
  ['one', 'two', ['', 'one', ''], ['', 'two', '']],
  ['中🙂文', '中🙁文', ['中', '🙂', '文'], ['中', '🙁', '文']],
])('%j and %j are told apart', (one, other, left, right) => {
  expect(split(one, other)).toEqual([left, right])
})
