/**
 * Tells the server that an article was opened, and by which card. A beacon: it waits for nothing, nothing waits for it,
 * and it goes out after the share card.
 */
export function countVisit(path: string, { location, navigator }: Window): void {
  const query = new URLSearchParams(location.search)
  const body = { path, s: query.get('s') ?? undefined, from: query.get('from') ?? undefined }
  try {
    navigator.sendBeacon('/api/visits', new Blob([JSON.stringify(body)], { type: 'application/json' }))
  } catch {
    // A figure is missing, and nothing else.
  }
}
