// What the page's half of the bridge and the native half say to each other. Plain JSON, checked on arrival.
import { z } from 'zod'

const params = z.record(z.string(), z.unknown())
const document = z.string().min(1).max(64)
const target = z.enum(['appmessage', 'timeline'])

export const messageSchema = z.discriminatedUnion('type', [
  /** A document was loaded: grants and share data of the one before are gone. */
  z.object({ type: z.literal('enter'), document, url: z.string() }),
  z.object({ type: z.literal('invoke'), document, url: z.string(), name: z.string(), params }),
  /** The person chose "send to a friend" or "Moments": a legacy handler may share from now on. */
  z.object({ type: z.literal('tap'), document, target }),
  /** What is shared, once the page's handler has run. */
  z.object({
    type: z.literal('card'),
    document,
    target,
    page: z.object({ title: z.string(), url: z.string(), image: z.string() }),
  }),
])

export type NativeMessage = z.infer<typeof messageSchema>
export type ShareTarget = z.infer<typeof target>

/** What the app answers to a call: always `err_msg`, plus the fields of that API. */
export type NativeReply = { err_msg: string } & Record<string, unknown>

/** The card as it appears in a chat or in Moments. */
export interface SharedCard {
  title: string
  desc: string
  link: string
  imgUrl: string
  /** Where it came from: the new API, the legacy handlers, or nothing was set and WeChat helped itself. */
  source: 'update' | 'legacy' | 'default'
}
