import type { IncomingMessage } from 'node:http'
import type { RequestHandler } from 'express'
import { KEY_COOKIE } from '../keyCookie.ts'
import { PHONE_COOKIE } from '../phone/phones.ts'
import { isSameKey } from '../sameKey.ts'

/** Where a request comes from: this machine itself, elsewhere with the key, or elsewhere without it. */
export type Standing = 'own machine' | 'key' | 'stranger'

/** Decides who may control the sandbox. A tunnel makes the site public, and the sandbox with it. */
export interface Access {
  standingOf(req: IncomingMessage): Standing
  /** Express middleware: whoever comes with the key in the address goes on with a cookie in its place. */
  readonly admit: RequestHandler
  /** Express middleware: lets pass the phone's own pages and programs on this machine, and who has the key. */
  readonly guard: RequestHandler
  /** Takes the sandbox's own cookies out: the site is not to learn the key, nor that there are phones. */
  hideKey(req: IncomingMessage): void
}

const HIDDEN = new RegExp(`^(${KEY_COOKIE}|${PHONE_COOKIE})=`)
/** Host names that no other machine can have, without their port. */
export const OWN_MACHINE = /^(localhost|127\.0\.0\.1|\[::1\])$/i
const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/
// A tunnel connects from this machine, and some write "localhost" into Host; each of them says whom it speaks for.
const FORWARDING = [
  'forwarded',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-real-ip',
  'cf-connecting-ip',
]

export interface AccessOptions {
  /** Opens the sandbox to others than this machine; without one nothing does. */
  key?: string | undefined
  /**
   * Whether a tunnel leads here. Then everybody needs the key, this machine too: a tunnel may write localhost into Host
   * and add no header at all, and whoever comes through it could be told from the developer by nothing.
   */
  isPublic: boolean
}

export function createAccess({ key, isPublic }: AccessOptions): Access {
  const isKey = (given: string | null | undefined): boolean => key !== undefined && isSameKey(given, key)

  function standingOf(req: IncomingMessage): Standing {
    if (!isPublic && isFromOwnMachine(req)) return 'own machine'
    return isKey(cookieOf(req)) ? 'key' : 'stranger'
  }

  return {
    standingOf,
    admit(req, res, next) {
      const address = `http://host${req.url}`
      const url = URL.canParse(address) ? new URL(address) : undefined
      const given = url?.searchParams.get(KEY_COOKIE)
      if (!url || !isKey(given)) return next()
      const secure = req.get('x-forwarded-proto') === 'https'
      res.cookie(KEY_COOKIE, key, { path: '/', httpOnly: true, sameSite: 'lax', secure })
      // Out of the address bar and of what gets copied from it; one slash, so that no other host is meant.
      url.searchParams.delete(KEY_COOKIE)
      res.set({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
      res.redirect(303, url.pathname.replace(/^[/\\]+/, '/') + url.search)
    },
    guard(req, res, next) {
      if (standingOf(req) === 'stranger')
        return void res.status(403).json({
          error:
            'The sandbox answers the machine that it runs on, and whoever opens the address with the key that its start prints.',
        })
      // A page of another site in the same browser has no business here.
      if (isFromOtherSite(req))
        return void res.status(403).json({ error: 'Only the phone itself may ask this.' })
      next()
    },
    hideKey(req) {
      const cookies = req.headers.cookie?.split(/;\s*/).filter((one) => !HIDDEN.test(one))
      if (cookies?.length) req.headers.cookie = cookies.join('; ')
      else delete req.headers.cookie
    },
  }
}

// By name and not by address alone: a page whose own host name was pointed at this machine connects from here, too.
function isFromOwnMachine({ headers, socket }: IncomingMessage): boolean {
  return (
    OWN_MACHINE.test((headers.host ?? '').replace(/:\d+$/, '')) &&
    LOOPBACK.test(socket.remoteAddress ?? '') &&
    FORWARDING.every((name) => headers[name] === undefined)
  )
}

// Browsers send Origin with whatever changes something; a program sends neither header.
function isFromOtherSite({ headers }: IncomingMessage): boolean {
  const { origin, host, 'sec-fetch-site': site = 'none' } = headers
  const isOwnOrigin = origin === undefined || (URL.canParse(origin) && new URL(origin).host === host)
  return !isOwnOrigin || (site !== 'same-origin' && site !== 'none')
}

function cookieOf({ headers }: IncomingMessage): string | undefined {
  return new RegExp(`(?:^|;\\s*)${KEY_COOKIE}=([\\w-]+)`).exec(headers.cookie ?? '')?.[1]
}
