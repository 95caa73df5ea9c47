const MOST_ROUNDS = 15
const ROUNDS = 3
const SHORTEST = 2 // milliseconds; below it the clock and the compiler are measured

/** How long this thread has worked, in milliseconds. What others do on a busy machine does not count. */
export function workTime(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

/**
 * How many times as long one work takes as another: the fastest round of each, in turns, in time that this thread
 * has worked. It goes on until that is small enough, or no round is left.
 */
export async function timesLonger(
  work: () => unknown,
  than: () => unknown,
  { smallEnough }: { smallEnough: number },
): Promise<number> {
  await timeOf(than, 2)
  const times = Math.ceil(SHORTEST / Math.max(await timeOf(than, 1), 0.001))
  let [long, short] = [Infinity, Infinity]
  for (let round = 1; round <= MOST_ROUNDS; round++) {
    short = Math.min(short, await timeOf(than, times))
    long = Math.min(long, await timeOf(work, times))
    if (round >= ROUNDS && long / short <= smallEnough) break
  }
  return long / short
}

async function timeOf(work: () => unknown, times: number): Promise<number> {
  const before = workTime()
  for (let i = 0; i < times; i++) await work()
  return workTime() - before
}
