import { hash } from 'node:crypto'

/** SHA-1 over texts, sorted by their bytes as PHP's `sort($a, SORT_STRING)` does in WeChat's samples, and joined. */
export function sortedHash(parts: string[]): string {
  const sorted = parts.map((part) => Buffer.from(part)).sort(Buffer.compare)
  return hash('sha1', sorted.join(''))
}
