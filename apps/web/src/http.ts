import axios, { isAxiosError, type AxiosResponse } from 'axios'
import { ApiError } from './apiError'

/** The one axios instance: every answer is JSON, every failure an {@link ApiError}. */
export const http = axios.create({
  timeout: 10_000,
})
http.interceptors.response.use(onlyData, (error: unknown) => Promise.reject(toApiError(error)))

// A 200 may come from somebody else: the login page of a Wi-Fi, a proxy that answers everything with one page. What
// axios can't read as JSON it hands on as text.
function onlyData(response: AxiosResponse<unknown>): AxiosResponse<unknown> {
  if (typeof response.data !== 'string' || response.status === 204) return response
  throw new ApiError(
    'not_data',
    response.status,
    `${response.config.url ?? ''} was answered with something else`,
  )
}

interface Problem {
  code?: string
  detail?: string
  hint?: string
  errors?: Record<string, string>
}

function toApiError(error: unknown): ApiError {
  if (!isAxiosError<Problem | undefined>(error)) return new ApiError('unknown', undefined, String(error))
  const problem = error.response?.data ?? {}
  const message = [problem.detail ?? error.message, problem.hint].filter(Boolean).join(' ')
  const code = problem.code ?? (error.response ? 'unknown' : 'offline')
  return new ApiError(code, error.response?.status, message, problem.errors)
}
