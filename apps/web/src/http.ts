import axios, { isAxiosError } from 'axios'
import { ApiError } from './apiError'

/** The one axios instance: every answer is JSON, every failure an {@link ApiError}. */
export const http = axios.create({
  baseURL: '/api',
  timeout: 10_000,
  headers: { accept: 'application/json' },
})
http.interceptors.response.use(undefined, (error: unknown) => Promise.reject(toApiError(error)))

function toApiError(error: unknown): ApiError {
  if (!isAxiosError(error)) return new ApiError('unknown', undefined, String(error))
  const problem: { code?: string; detail?: string; hint?: string } = error.response?.data ?? {}
  const message = [problem.detail ?? error.message, problem.hint].filter(Boolean).join(' ')
  const code = problem.code ?? (error.response ? 'unknown' : 'offline')
  return new ApiError(code, error.response?.status, message)
}
