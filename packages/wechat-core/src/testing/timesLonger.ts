const ROUNDS = 3
const MOST_ROUNDS = 15
const LONG_ENOUGH = 2000 // microseconds; below it the clock and the compiler are measured

/** How long this process has worked, in milliseconds. What others do on a busy machine does not count. */
export function workTime(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/**
 * How many times as long one work takes as another, by the time that the processor spends on it, so that it says the
 * same on a machine that is busy. The fastest round of each, in turns; it goes on until that is small enough, or no
 * round is left.
 */
export async function timesLonger(
  work: () => unknown,
  than: () => unknown,
  { smallEnough }: { smallEnough: number },
): Promise<number> {
  const [manyLong, manyShort] = [await repeatsOf(work), await repeatsOf(than)]
  let [long, short] = [Infinity, Infinity]
  for (let round = 1; round <= MOST_ROUNDS; round++) {
    short = Math.min(short, await timeOf(than, manyShort))
    long = Math.min(long, await timeOf(work, manyLong))
    if (round >= ROUNDS && long / short <= smallEnough) break
  }
  return long / short
}

async function repeatsOf(work: () => unknown): Promise<number> {
  await timeOf(work, 1)
  return Math.ceil(LONG_ENOUGH / Math.max(await timeOf(work, 2), 1))
}

/** Microseconds for one time. */
async function timeOf(work: () => unknown, times: number): Promise<number> {
  const before = workTime()
  for (let i = 0; i < times; i++) await work()
  return ((workTime() - before) * 1000) / times
}
