/** Waits for work, but no longer than this. `undefined` says that time was up; the work itself goes on. */
export async function within<T>(work: Promise<T>, milliseconds: number): Promise<{ value: T } | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const silence = new Promise<undefined>((done) => (timer = setTimeout(done, milliseconds, undefined)))
  try {
    return await Promise.race([work.then((value) => ({ value })), silence])
  } finally {
    clearTimeout(timer)
  }
}

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((done) => setTimeout(done, milliseconds))
