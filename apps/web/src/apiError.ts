/** What our server says when it says no: the stable code of its problem, or `offline`. */
export class ApiError extends Error {
  // Declared only: older engines know no class fields, and what stands in for them is a file that everybody loads.
  declare readonly code: string
  declare readonly status: number | undefined

  constructor(code: string, status: number | undefined, message: string) {
    super(message)
    this.name = 'ApiError'
    this.code = code
    this.status = status
  }
}
