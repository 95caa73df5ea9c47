// The credentials under lasting faults, in virtual time: what check runs for a hundred seeds, for many more.
import { runCredentialModel } from 'wechat-core/testing'
import type { Outcome } from './processes.ts'

/** Runs the model with the seeds from 1 on. */
export async function credentialModel(runs: number): Promise<Outcome> {
  const broken: string[] = []
  let calls = 0
  let asked = 0
  for (let seed = 1; seed <= runs; seed++) {
    const outcome = await runCredentialModel(seed)
    calls += outcome.calls
    asked += outcome.asked
    broken.push(...outcome.broken.map((what) => `seed ${seed}, ${what}`))
  }
  const figure = `${broken.length} of ${calls} calls, ${asked} requests`
  return {
    what: `credential model, seeds 1 to ${runs}: rules broken${broken[0] ? ` (${broken[0]})` : ''}`,
    figure,
    bound: '0',
    ok: broken.length === 0,
  }
}
