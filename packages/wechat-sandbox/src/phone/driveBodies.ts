import { z } from 'zod'
import { targetSchema } from '../native/messages.ts'
import { BODIES } from './controlBodies.ts'

/** Seconds that an answer may be waited for. */
export const seconds = z.coerce.number().min(0).max(60, '60 seconds at most')
const wait = seconds.default(10)

/** What a program asks of a phone that a tab shows. */
export const DRIVE_BODIES = {
  open: BODIES.device.pick({ os: true, version: true, networkType: true }).extend({
    /** A path of the site, or a whole address. */
    url: z
      .string()
      .max(2048)
      .regex(
        /^(\/(?!\/)|https?:\/\/)/,
        'a path such as /tea, or an address that begins with http:// or https://',
      ),
    /** Who holds the phone from now on. */
    as: z.string().optional(),
    /** From where the page is opened: followers who come from the account's chat or menu log in silently. */
    from: z.enum(['link', 'chat', 'bareLink']).default('link'),
    wait,
  }),
  share: z.strictObject({
    target: targetSchema.default('appmessage'),
    /** How long the page may take until it has set a card of its own. */
    wait: seconds.default(3),
  }),
  login: z.strictObject({ allow: z.boolean().default(true), as: z.string().optional(), wait }),
  tap: z
    .strictObject({ text: z.string().min(1).optional(), selector: z.string().min(1).optional(), wait })
    .refine(
      ({ text, selector }) => (text === undefined) !== (selector === undefined),
      'either text or selector says what is tapped',
    ),
  /** What the tab itself tells of an order. */
  answered: z.union([
    z.strictObject({ id: z.string(), answer: z.unknown() }),
    z.strictObject({ id: z.string(), error: z.string().max(2000) }),
  ]),
}

export const DRIVE_QUERIES = {
  page: z.object({ text: z.string().optional(), wait }),
  config: z.object({ wait }),
  call: z.object({ name: z.string().min(1), wait }),
}

/** What the tab says of the page that it shows. */
export const pageSchema = z.object({ url: z.string(), title: z.string(), text: z.string() })
export const cardSchema = z.object({
  title: z.string(),
  desc: z.string(),
  link: z.string(),
  imgUrl: z.string(),
  source: z.enum(['update', 'legacy', 'default']),
})
