import { z } from 'zod'
import { samplePicture } from '../native/samplePictures.ts'
import type { Person } from '../platform/account.ts'
import type { PushResult } from '../platform/push/pushes.ts'
import { clientPlatformOf, menuShown } from './menuShown.ts'
import type { Phone } from './phoneState.ts'
import { SANDBOX_PATH } from '../sandboxPath.ts'

/** What a person can do in the account's conversation. */
export const actSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), content: z.string().trim().min(1).max(2000) }),
  z.strictObject({ kind: z.literal('picture'), name: z.string() }),
  z.strictObject({ kind: z.literal('location') }),
  /** A tap on the menu: the place of the button, and of the one in its group. */
  z.strictObject({
    kind: z.literal('menu'),
    button: z.number().int().min(0),
    sub: z.number().int().min(0).optional(),
  }),
  /** A tap on an item of a menu message. */
  z.strictObject({ kind: z.literal('messageMenu'), item: z.string().min(1).max(128) }),
  z.strictObject({ kind: z.literal('follow') }),
  z.strictObject({ kind: z.literal('unfollow') }),
  /** A QR code of the account, with what was written into it. */
  z.strictObject({ kind: z.literal('scanCode'), scene: z.string().min(1).max(64) }),
  /** A QR code that the account has made: its ticket, or what its picture says. */
  z.strictObject({ kind: z.literal('scanTicket'), ticket: z.string().min(1).max(200) }),
  /** The person has answered a page's wx-open-subscribe. */
  z.strictObject({
    kind: z.literal('subscribe'),
    templateIds: z.array(z.string().min(1).max(64)).min(1).max(3),
    accepts: z.boolean(),
  }),
])

export type Act = z.output<typeof actSchema>

export interface Acted {
  /** The address that the phone opens, if any. */
  open?: string
  /** What the site's server says to it; undefined where it is told nothing. Never fails. */
  pushed: Promise<Pick<PushResult, 'deliveries' | 'reply' | 'problem'> | undefined>
}

/**
 * Does it. The site's server is told as WeChat tells it, and may take seconds; what comes of that is seen in the
 * conversation and in the inspector as well.
 *
 * @throws {RangeError} for a button or picture that is not there
 */
export function act(phone: Phone, person: Person, wanted: Act): Acted {
  const { acts } = phone.platform
  const told = (label: string, result: Promise<PushResult | undefined>): Acted => {
    const pushed = result.catch((error: Error) => {
      return { deliveries: [], reply: undefined, problem: error.message }
    })
    void pushed.then((outcome) => outcome && phone.activity.note({ kind: 'push', label, ...outcome }))
    return { pushed }
  }
  switch (wanted.kind) {
    case 'text':
      return told('text', acts.say(person, wanted.content))
    case 'picture':
      return told('image', acts.say(person, pictureMessage(phone, wanted.name)))
    case 'location': {
      const place = { latitude: 31.230416, longitude: 121.473701, scale: 16, label: '上海市黄浦区人民广场' }
      return told('location', acts.say(person, { msgType: 'location', ...place }))
    }
    case 'menu': {
      const { type, url } = buttonAt(phone, person, wanted)
      const position = [wanted.button, wanted.sub] as const
      const result = acts
        .tapMenu(person, position, clientPlatformOf(phone.native.device))
        .then((tap) => tap.result)
      return { ...told(`menu ${type}`, result), ...(type === 'view' && url ? { open: url } : {}) }
    }
    case 'messageMenu':
      return told('text', acts.tapMessageMenu(person, wanted.item))
    case 'follow':
      return told('subscribe', acts.follow(person))
    case 'unfollow':
      return told('unsubscribe', acts.unfollow(person))
    case 'scanCode':
      return told('scan', acts.scanAccountCode(person, wanted.scene))
    case 'scanTicket':
      return told('scan', acts.scanTicket(person, wanted.ticket))
    case 'subscribe': {
      const status = wanted.accepts ? 'accept' : 'reject'
      const templates = wanted.templateIds.map((templateId) => ({ templateId, status }) as const)
      return told('subscribe_msg_popup_event', acts.answerSubscribe(person, templates))
    }
  }
}

function pictureMessage({ platform }: Phone, name: string) {
  const bytes = samplePicture(name)
  if (!bytes) throw new RangeError(`There is no picture "${name}".`)
  const mediaId = platform.media.add({ type: 'image', contentType: 'image/png', bytes })
  const { origin } = new URL(platform.people[0].avatar)
  return { msgType: 'image', picUrl: `${origin}${SANDBOX_PATH}/pictures/${name}.png`, mediaId } as const
}

function buttonAt(phone: Phone, person: Person, { button, sub }: Act & { kind: 'menu' }) {
  const top = menuShown(phone, person)[button]
  const found = top && 'sub_button' in top ? top.sub_button[sub ?? -1] : top
  if (!found || 'sub_button' in found) throw new RangeError('The menu has no such button.')
  return found
}
