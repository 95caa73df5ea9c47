import { nextTick, ref } from 'vue'
import { expect, it } from 'vitest'
import { useLoad } from './useLoad'

/** Work that ends when the test says so. */
function byHand() {
  const runs: { done: () => void; fail: (error: Error) => void }[] = []
  return { runs, work: () => new Promise<void>((done, fail) => runs.push({ done, fail })) }
}
const settle = async () => {
  for (let i = 0; i < 3; i++) await nextTick()
}

it('runs at once, keeps the error, and forgets it when it tries again', async () => {
  const { runs, work } = byHand()
  const { error, retry } = useLoad(work)
  runs[0]?.fail(new Error('offline'))
  await settle()
  expect(error.value).toEqual(new Error('offline'))
  retry()
  expect([runs.length, error.value]).toEqual([2, undefined])
})

it('runs again for another key; what fails late, for the key before, is nobody’s error', async () => {
  const { runs, work } = byHand()
  const key = ref('a')
  const { error } = useLoad(work, () => key.value)
  key.value = 'b'
  await settle()
  runs[0]?.fail(new Error('old'))
  runs[1]?.done()
  await settle()
  expect([runs.length, error.value]).toEqual([2, undefined])
})
