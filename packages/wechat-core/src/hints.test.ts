import { expect, it } from 'vitest'
import { hintFor } from './hints.ts'

// Every code that the platform's documents of tokens, OAuth and general errors name.
const CODES = [
  -1, 40001, 40002, 40003, 40007, 40013, 40014, 40029, 40030, 40037, 40066, 40097, 40125, 40163, 40164, 40201,
  40202, 40203, 40243, 41001, 41002, 41004, 41008, 42001, 42002, 42003, 42007, 43002, 43004, 43101, 44002,
  45009, 45011, 45015, 45047, 47001, 47003, 48001, 48004, 48006, 50002, 50004, 50007, 61004, 76003, 76022,
  89501, 89503, 89506, 89507,
]

it.each(CODES)('%i says what to do, in English and Chinese', (errcode) => {
  expect(hintFor(errcode)).toEqual({
    en: expect.stringMatching(/^[\x20-\x7e]{10,}$/),
    zh: expect.stringMatching(/[\u4e00-\u9fff]/),
  })
})

it('an unknown code has no hint', () => expect(hintFor(99999)).toBeUndefined())
