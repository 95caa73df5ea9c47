const ROUNDS = 9
const TRIES = 4
const SHORTEST = 2 // milliseconds; below it the clock and the compiler are measured

/**
 * How many times as long one work takes as another. Medians of rounds in turn, so that it says the same on a machine
 * that is busy; and since other work can only add to it, the least of a few tries, unless the first is small enough.
 */
export async function timesLonger(
  work: () => unknown,
  than: () => unknown,
  { smallEnough }: { smallEnough: number },
): Promise<number> {
  await timeOf(than, 3)
  const times = Math.ceil(SHORTEST / Math.max(await timeOf(than, 1), 0.001))
  let least = Infinity
  for (let i = 0; i < TRIES && least > smallEnough; i++) {
    const [long, short]: [number[], number[]] = [[], []]
    for (let round = 0; round < ROUNDS; round++) {
      short.push(await timeOf(than, times))
      long.push(await timeOf(work, times))
    }
    least = Math.min(least, median(long) / median(short))
  }
  return least
}

async function timeOf(work: () => unknown, times: number): Promise<number> {
  const before = performance.now()
  for (let i = 0; i < times; i++) await work()
  return performance.now() - before
}

function median(numbers: number[]): number {
  return numbers.sort((a, b) => a - b)[numbers.length >> 1] ?? NaN
}
