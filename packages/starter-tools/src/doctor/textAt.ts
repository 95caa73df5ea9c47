/** The text at a path of keys in parsed JSON; undefined where there is none. */
export function textAt(value: unknown, ...path: string[]): string | undefined {
  let found = value
  for (const key of path) {
    found = typeof found === 'object' && found !== null ? Reflect.get(found, key) : undefined
  }
  return typeof found === 'string' ? found : undefined
}
