import type { SavePush } from '../phone/control.ts'
import type { Platform } from '../platform/platform.ts'
import { OWN_MACHINE, type Access } from './access.ts'

/**
 * Saving asks the address for proof, so it makes this machine send a request. That may go to the site under test, in
 * full detail of what came back; to another port of this machine only for somebody at this machine, and all that is
 * told then is that the proof did not come, whatever is or is not at that port.
 */
export function createSavePush(parts: { platform: Platform; siteUrl: string; access: Access }): SavePush {
  const { platform, siteUrl, access } = parts
  return async (wanted, req) => {
    const { url } = { ...platform.account.push, ...wanted }
    const { origin, hostname } = new URL(url)
    const isSite = [siteUrl, platform.siteOrigin, platform.account.push.url].some(
      (known) => new URL(known).origin === origin,
    )
    const isHere = OWN_MACHINE.test(hostname) && access.standingOf(req) === 'own machine'
    if (!isSite && !isHere)
      throw new RangeError(
        'The sandbox asks only the site under test and servers on its own machine: an address on localhost, or on ' +
          `${platform.siteOrigin}.`,
      )
    const result = await platform.push.configure(wanted)
    if (result.ok) return
    throw new RangeError(
      isSite
        ? `${result.text}: ${result.problem}`
        : 'token验证失败: nothing at this address proved that it knows the token. It has to answer the echostr of a GET.',
    )
  }
}
