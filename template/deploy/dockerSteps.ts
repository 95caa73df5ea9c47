// A Dockerfile, read as a list of steps.

export interface Step {
  word: string
  rest: string
}

export interface Stage {
  name: string
  steps: Step[]
}

/** The stages of a Dockerfile, in order; what stands before the first is in one without a name. */
export function readDockerfile(text: string): Stage[] {
  const stages: Stage[] = [{ name: '', steps: [] }]
  for (const line of text.replaceAll(/\\\n\s*/g, '').split('\n')) {
    const [, word = '', rest = ''] = /^([A-Z]+)\s+(.*)$/.exec(line.trim()) ?? []
    if (!word) continue
    if (word === 'FROM') stages.push({ name: /\sAS\s(\w+)$/.exec(rest)?.[1] ?? 'last', steps: [] })
    stages.at(-1)?.steps.push({ word, rest })
  }
  return stages
}

/** What an ENV step sets. */
export function variablesOf(rest: string): Record<string, string> {
  return Object.fromEntries(
    [...rest.matchAll(/(\w+)=(\S*)/g)].map(([, name = '', value = '']) => [name, value]),
  )
}
