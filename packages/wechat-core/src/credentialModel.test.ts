import { expect, it } from 'vitest'
import { runCredentialModel } from './testing/index.ts'

// All 5,000 run in `node scripts/bench/bench.ts --long`. A seed that breaks a rule breaks it again.
it('100 runs of the model, seeds 1 to 100: nothing happens that must not', async () => {
  const broken: string[] = []
  for (let seed = 1; seed <= 100; seed++) {
    const outcome = await runCredentialModel(seed)
    broken.push(...outcome.broken.map((what) => `seed ${seed}, ${what}`))
  }
  expect(broken).toEqual([])
}, 180_000)
