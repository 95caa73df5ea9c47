import type { Permissions } from './permissions'
import type { CallLog } from './callLog'
import { invoke } from './invoke'
import { pause, within } from './timeout'
import { WechatError } from './wechatError'
import type { ArgsOf, CallName, Result } from './wx'

// A refusal comes at once, a person takes their time: after this the call counts as permitted, and others go on.
const SILENCE_IS_CONSENT = 1000 // milliseconds
// How long a refusal of a config may take that is not told otherwise.
const REFUSAL_TIME = 800

type InTurn = <T>(work: () => Promise<T>) => Promise<T>

/** Calls of JS-APIs, and configs for what is no call: open tags and events. */
export function createCalls({
  window,
  permissions,
  log,
}: {
  window: Window
  permissions: Permissions
  log: CallLog
}) {
  async function call<Name extends CallName>(
    inTurn: InTurn,
    name: Name,
    ...[args = {}]: ArgsOf<Name>
  ): Promise<Result<Name>> {
    permissions.needs.apis.add(name)
    let reply: Promise<Result<Name>> | undefined
    await inTurn(() =>
      permissions.run({
        async use(wx) {
          reply = invoke(wx, name, args)
          log.follow(name, window.location.href, reply)
          try {
            await within(reply, SILENCE_IS_CONSENT)
          } catch (error) {
            // Only this may be the config's fault; anything else is the call's own answer.
            if (error instanceof WechatError && error.code === 'not_permitted') throw error
          }
        },
      }),
    )
    if (!reply) throw new WechatError('page_left', `${name}: the page was left before WeChat could be asked`)
    return reply
  }

  async function ensure(): Promise<void> {
    const done = await permissions.run({
      use: (_wx, isKnown) => (isKnown ? Promise.resolve() : pause(REFUSAL_TIME)),
    })
    if (!done) throw new WechatError('page_left', 'the page was left before it was configured')
  }

  return { call, ensure }
}
