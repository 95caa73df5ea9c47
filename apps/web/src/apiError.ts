/** What our server says when it says no: the stable code of its problem, or `offline`. */
export class ApiError extends Error {
  // Declared only: older engines know no class fields, and what stands in for them is a file that everybody loads.
  declare readonly code: string
  declare readonly status: number | undefined
  /** Of a form: what is wrong, by the names of the fields. */
  declare readonly errors: Record<string, string> | undefined

  constructor(code: string, status: number | undefined, message: string, errors?: Record<string, string>) {
    super(message)
    this.name = 'ApiError'
    this.code = code
    this.status = status
    this.errors = errors
  }
}
