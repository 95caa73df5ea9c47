import { describe, expect, it } from 'vitest'
import { seededRandom } from 'wechat-core/testing'
import { createShareIds } from './shareId.ts'

describe('share ids', () => {
  const ids = createShareIds(['a secret of thirty-two characters!', 'the one that was before it, as long'])
  const create = (from = ids) => from.createMark().id

  it('are short, differ from browser to browser, and stay those of one', () => {
    const { mark, id } = ids.createMark()
    expect(ids.ofMark(mark)).toMatch(/^[\w-]{20}$/)
    expect(ids.ofMark(mark)).toBe(id)
    expect(create()).not.toBe(create())
    expect(ids.read(ids.ofMark(mark))).toBe(ids.ofMark(mark)?.slice(0, 12))
  })

  it('are no mark: who has a link is not taken for whoever shared it', () => {
    expect(ids.ofMark(create())).toBeUndefined()
    expect(ids.read(ids.createMark().mark)).toBeUndefined()
  })

  it('are known after the secret was changed, and not by another site', () => {
    const before = createShareIds(['the one that was before it, as long'])
    const { mark } = before.createMark()
    expect(ids.read(before.ofMark(mark))).toBe(ids.read(ids.ofMark(mark)))
    expect(ids.read(before.ofMark(mark))).toBeDefined()
    expect(createShareIds(['another']).read(before.ofMark(mark))).toBeUndefined()
  })

  it('that are made up count nothing', () => {
    const one = create()
    const random = seededRandom(3)
    const letters = [...'abcdefghijklmnopqrstuvwxyzABCDEF0123-_']
    const made = Array.from({ length: 5000 }, () =>
      Array.from({ length: 20 }, () => random.pick(letters)).join(''),
    )
    const turned = [...one].map(
      (letter, at) => one.slice(0, at) + (letter === 'A' ? 'B' : 'A') + one.slice(at + 1),
    )
    for (const id of [...made, ...turned, '', `${one}=`, ` ${one}`, one.slice(1), [one], null, 7])
      expect(ids.read(id)).toBeUndefined()
  })
})
