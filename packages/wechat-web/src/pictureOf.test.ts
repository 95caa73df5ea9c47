import { expect, it } from 'vitest'
import { pictureOf } from './pictureOf.ts'

it.each([
  ['iOS', 'data:image/jgp;base64,AAAA', 'data:image/jpeg;base64,AAAA'],
  ['Android', 'AAAA', 'data:image/jpeg;base64,AAAA'],
  ['any that is right already', 'data:image/png;base64,AAAA', 'data:image/png;base64,AAAA'],
])('%s', (_system, localData, address) => expect(pictureOf({ localData })).toBe(address))
