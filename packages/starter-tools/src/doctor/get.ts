/** Fetches without an error: undefined for what does not answer within five seconds. */
export function get(address: string, headers: Record<string, string> = {}): Promise<Response | undefined> {
  return fetch(address, { headers, signal: AbortSignal.timeout(5000) }).catch(() => undefined)
}

/** The first bytes of a body. */
export async function firstBytes(response: Response, count: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk)
    size += chunk.length
    if (size >= count) break
  }
  return Buffer.concat(chunks)
}
