/** What our server says when it says no: the stable code of its problem, or `offline`. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: string
  readonly status: number | undefined

  constructor(code: string, status: number | undefined, message: string) {
    super(message)
    this.code = code
    this.status = status
  }
}
