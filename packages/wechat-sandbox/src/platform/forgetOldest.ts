/** Keeps the newest of what was put into a map: so many entries, and so many bytes in all. */
export function forgetOldest<T>(
  map: Map<string, T>,
  { entries, bytes, sizeOf }: { entries: number; bytes: number; sizeOf: (value: T) => number },
): void {
  let size = 0
  for (const value of map.values()) size += sizeOf(value)
  for (const [key, value] of map) {
    // What came last stays in any case.
    if (map.size === 1 || (map.size <= entries && size <= bytes)) return
    size -= sizeOf(value)
    map.delete(key)
  }
}
