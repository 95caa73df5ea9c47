const STACK_KEPT = 60_000 // milliseconds
const MOST_STACKS = 100

/**
 * What a log line says of errors. A stack is told once a minute: while a dependency is away, every request meets the same
 * one, and a whole stack each is what fills the disk. All else that names the failure is in every line.
 *
 * @returns what describes one error, for pino's `serializers.err`
 */
export function errorDescriber(now: () => number = () => performance.now()): (error: unknown) => unknown {
  const told = new Map<string, number>()
  return (error) => {
    if (!(error instanceof Error)) return { message: 'something that is no error was thrown' }
    const { stack = '' } = error
    const at = told.get(framesOf(stack)) ?? -Infinity
    if (now() - at < STACK_KEPT) return fieldsOf(error)
    if (told.size >= MOST_STACKS) told.clear()
    told.set(framesOf(stack), now())
    return { ...fieldsOf(error), stack }
  }
}

/** Of our own errors every field is safe to log; of foreign ones only what names the place. */
export function fieldsOf(error: Error): Record<string, string | number> {
  const { name, message } = error
  const fields = ['code', 'errcode', 'rid', 'method', 'path', 'hint'].flatMap((key) => {
    const value: unknown = Reflect.get(error, key)
    return typeof value === 'string' || typeof value === 'number' ? [[key, value]] : []
  })
  return { type: name, message, ...Object.fromEntries(fields) }
}

// Where it was thrown, whatever its message says this time.
const framesOf = (stack: string): string =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n') || stack
