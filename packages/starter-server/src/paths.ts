/** The parameters of a path: `/products/:id` has `{ id: string }`. */
export type ParamsOf<Path extends string> = { [Name in NamesIn<Path>]: string }

type NamesIn<Path extends string> = Path extends `${infer Segment}/${infer Rest}`
  ? NameOf<Segment> | NamesIn<Rest>
  : NameOf<Path>

type NameOf<Segment extends string> = Segment extends `:${infer Name}` ? Name : never

/** A path with its parameters put in. */
export function fillPath(path: string, params: Record<string, string>): string {
  return path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
}

/** Words before parameters, so that `/products/new` is not taken for a product. */
export function bySpecificity(a: { path: string }, b: { path: string }): number {
  const shape = ({ path }: { path: string }) => path.replaceAll(/:\w+/g, '\uffff')
  return shape(a) < shape(b) ? -1 : 1
}

/**
 * The parameters of a path that somebody asks for, or undefined when it is another one. As the routers of Express and
 * Vue do, case does not count, nor a slash at the end.
 */
export function matchPath(path: string, asked: string): Record<string, string> | undefined {
  return matchSegments(segmentsOf(path), segmentsOf(asked))
}

/** The same for paths that were taken apart before. */
export function matchSegments(segments: string[], given: string[]): Record<string, string> | undefined {
  if (segments.length !== given.length) return undefined
  const params: Record<string, string> = {}
  for (const [at, segment] of segments.entries()) {
    const text = given[at] ?? ''
    if (segment.startsWith(':') && text) params[segment.slice(1)] = decoded(text)
    else if (segment.toLowerCase() !== text.toLowerCase()) return undefined
  }
  return params
}

/** What stands between the slashes of a path. */
export function segmentsOf(path: string): string[] {
  const segments = path.split('/').slice(1)
  return segments.at(-1) === '' ? segments.slice(0, -1) : segments
}

/** A lone "%" stays as it is: nothing has such a name. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
