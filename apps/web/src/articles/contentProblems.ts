export interface ContentProblem {
  file: string
  line: number
  message: string
}

/** What the writer of the articles has to mend. Only the development server knows. */
export async function fetchContentProblems(): Promise<ContentProblem[]> {
  const response = await fetch('/api/content-problems')
  return response.ok ? response.json() : []
}
