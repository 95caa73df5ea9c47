import { expect, it } from 'vitest'
import { runCredentialModel } from './testing/index.ts'

// The full 5,000 run in `node scripts/bench/bench.ts --long`. A seed that breaks a rule is run again by its number.
it('300 runs of the model, seeds 1 to 300: nothing happens that must not', async () => {
  const broken: string[] = []
  for (let seed = 1; seed <= 300; seed++) {
    const outcome = await runCredentialModel(seed)
    broken.push(...outcome.broken.map((what) => `seed ${seed}, ${what}`))
  }
  expect(broken).toEqual([])
}, 120_000)
