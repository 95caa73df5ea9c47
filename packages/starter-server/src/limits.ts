import { BlockList, isIP } from 'node:net'
import type { ErrorRequestHandler, Request, RequestHandler } from 'express'
import { ipKeyGenerator, rateLimit, type Store as HitStore } from 'express-rate-limit'
import type { Store } from 'wechat-core'
import { countHit } from './countHit.ts'
import { Problem, toProblem } from './problem.ts'

const MINUTE = 60_000
const MOST_WRITES = 3_000
const MOST_REFUSALS = 300
const MOST_PAGES = 6_000

interface Limited {
  /** Where hits are counted, for all processes together. */
  store: Store
  /** What is counted apart from other limits. */
  name: string
}

/**
 * 3,000 requests a minute and address, for routes that write to the store: a crowd behind one address of a mobile
 * network gets in, a flood does not fill the disk.
 */
export function limitRequests({ store, name }: Limited): RequestHandler {
  return limit({ most: MOST_WRITES, store: hitsIn(store, name) })
}

/**
 * 6,000 pages, and addresses where nothing is, a minute and address. Counted in this process alone: to count them for
 * all processes would cost as much as the page. Files are not counted; they cost less than a limit. Nor is an address
 * of a private network: that is a proxy's, behind which everybody is, and TRUST_PROXY does not say so.
 */
export function limitPages(): RequestHandler {
  const count = limit({ most: MOST_PAGES })
  return (req, res, next) => (isPrivate(clientOf(req)) ? next() : void count(req, res, next))
}

/**
 * Mounted after routes: 300 refused requests a minute and address, then only "too many requests". What is answered
 * well is neither counted nor held up: thousands of people can share one address of a mobile network.
 */
export function limitRefusals({ store, name }: Limited): ErrorRequestHandler {
  const count = limit({ most: MOST_REFUSALS, store: hitsIn(store, name) })
  return (error, req, res, next) => {
    const { status } = toProblem(error)
    if (status >= 500 || status === 429) return next(error)
    void count(req, res, (tooMany?: unknown) => next(tooMany ?? error))
  }
}

/**
 * Mounted before those routes, for requests with a body: an address that has used up its refusals is not listened to.
 * Without it a refusal would be told only once the body is read.
 */
export function refuseLimited({ store, name }: Limited): RequestHandler {
  return async (req, _res, next) => {
    const hits = await store.get(keyOf(name, addressOf(req))).catch(() => undefined)
    next(Number(hits ?? 0) > MOST_REFUSALS ? tooMany() : undefined)
  }
}

/**
 * How much new an address may leave within a time, where each request is welcome and what it leaves stays for good.
 *
 * @returns whether this request may leave one more; always for an address of a private network, as with pages
 */
export function limitGrowth({
  store,
  name,
  most,
  within,
}: Limited & { most: number; within: number }): (req: Request) => Promise<boolean> {
  return async (req) => {
    const address = clientOf(req)
    if (isPrivate(address)) return true
    return (await countHit(store, keyOf(name, ipKeyGenerator(address)), within)) <= most
  }
}

function limit({ most, store }: { most: number; store?: HitStore }): RequestHandler {
  return rateLimit({
    windowMs: MINUTE,
    limit: most,
    ...(store ? { store } : {}),
    keyGenerator: addressOf,
    standardHeaders: store ? 'draft-8' : false,
    legacyHeaders: false,
    validate: false, // TRUST_PROXY is the operator's decision, and the window has no fixed end
    handler: (_req, _res, next) => next(tooMany()),
  })
}

const LONGEST_ADDRESS = 45

/**
 * What is counted for one client. Only an address is believed: whoever reaches the port beside the proxy can write
 * anything into X-Forwarded-For, at any length (`%` and a name can follow an address of IPv6).
 */
function addressOf(req: Request): string {
  return ipKeyGenerator(clientOf(req))
}

function clientOf({ ip = '', socket }: Request): string {
  const believed = ip.length <= LONGEST_ADDRESS && isIP(ip) !== 0
  return believed ? ip : (socket.remoteAddress ?? '0.0.0.0') // none: the client is gone already
}

// Of IPv4 the text says it, and faster than the list. In IPv6 one address has many spellings.
const PRIVATE_V4 = /^(?:10|127|192\.168|172\.(?:1[6-9]|2\d|3[01]))\./
const PRIVATE = new BlockList()
PRIVATE.addSubnet('127.0.0.0', 8)
PRIVATE.addSubnet('10.0.0.0', 8)
PRIVATE.addSubnet('172.16.0.0', 12)
PRIVATE.addSubnet('192.168.0.0', 16)
PRIVATE.addAddress('::1', 'ipv6')
PRIVATE.addSubnet('fc00::', 7, 'ipv6')

const isPrivate = (address: string): boolean =>
  isIP(address) === 4 ? PRIVATE_V4.test(address) : PRIVATE.check(address, 'ipv6')

const keyOf = (name: string, address: string): string => `limit:${name}:${address}`

function hitsIn(store: Store, name: string): HitStore {
  return {
    // The window begins with an address's first hit.
    async increment(address) {
      return { totalHits: await countHit(store, keyOf(name, address), MINUTE), resetTime: undefined }
    },
    // For limits that take hits back; these don't.
    decrement: () => undefined,
    resetKey: (address) => store.delete(keyOf(name, address)),
  }
}

function tooMany(): Problem {
  return new Problem({
    status: 429,
    code: 'too_many_requests',
    title: 'Too many requests',
    detail: 'This address has sent too many requests. Wait a minute.',
  })
}
