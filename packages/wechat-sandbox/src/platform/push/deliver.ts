import type { PushRequest } from './request.ts'

/** One attempt to reach the account's server. */
export type Delivery = { ms: number } & ({ status: number; body: string } | { problem: string })

export interface DeliverOptions {
  /** How long the server has to answer. */
  seconds: number
  /** How often it is tried again where no answer came. */
  retries: number
  signal: AbortSignal
}

const LARGEST_REPLY = 1_000_000

/**
 * Sends a push until the server answers anything at all; a redirect is an answer and is not followed (believed).
 *
 * @param request makes the request of each attempt
 */
export async function deliver(
  request: () => PushRequest,
  { seconds, retries, signal }: DeliverOptions,
): Promise<Delivery[]> {
  const deliveries: Delivery[] = []
  while (deliveries.length <= retries && !signal.aborted) {
    const delivery = await attempt(request, seconds, signal)
    deliveries.push(delivery)
    if ('status' in delivery) break
  }
  return deliveries
}

async function attempt(make: () => PushRequest, seconds: number, signal: AbortSignal): Promise<Delivery> {
  let request: PushRequest
  try {
    request = make()
  } catch (error) {
    return { ms: 0, problem: `the push cannot be made: ${reasonOf(error)}` }
  }
  const { url, ...rest } = request
  const startedAt = performance.now()
  const ms = () => Math.round(performance.now() - startedAt)
  const timeout = AbortSignal.timeout(seconds * 1000)
  const either = AbortSignal.any([timeout, signal])
  try {
    const response = await fetch(url, { ...rest, redirect: 'manual', signal: either })
    return { ms: ms(), status: response.status, body: await readText(response) }
  } catch (error) {
    if (timeout.aborted) return { ms: ms(), problem: `no answer within ${seconds} seconds` }
    return { ms: ms(), problem: `the server can't be reached: ${reasonOf(error)}` }
  }
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.length
    if (length > LARGEST_REPLY) throw new Error('the answer is larger than any reply')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error
  return cause instanceof Error ? cause.message || cause.name : String(cause)
}
