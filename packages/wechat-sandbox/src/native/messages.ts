// What the page's half of the bridge and the native half say to each other. Plain JSON, checked on arrival.
import { z } from 'zod'
import type { Question } from './questions.ts'

const params = z.record(z.string(), z.unknown())
const document = z.string().min(1).max(64)
export const targetSchema = z.enum(['appmessage', 'timeline', 'qq', 'qzone', 'weibo', 'favorite'])

export const messageSchema = z.discriminatedUnion('type', [
  /** A document was loaded: grants and share data of the one before are gone. `inner`: in a frame of the page. */
  z.object({ type: z.literal('enter'), document, url: z.string(), inner: z.boolean().optional() }),
  z.object({ type: z.literal('invoke'), document, url: z.string(), name: z.string(), params }),
  /** What the person did when the app asked; null: they closed the dialog. */
  z.object({ type: z.literal('answer'), document, question: z.string(), answer: z.unknown() }),
  /** The person opened "···". */
  z.object({ type: z.literal('menu'), document }),
  /** The person chose where to share: a legacy handler may share from now on. */
  z.object({ type: z.literal('tap'), document, target: targetSchema }),
  /** What is shared, once the page's handler has run. */
  z.object({
    type: z.literal('card'),
    document,
    target: targetSchema,
    page: z.object({ title: z.string(), url: z.string(), image: z.string() }),
  }),
  /** The page shows a picture by its local id; the app serves it from the phone. */
  z.object({ type: z.literal('resource'), document, localId: z.string() }),
])

export type NativeMessage = z.infer<typeof messageSchema>
export type ShareTarget = z.infer<typeof targetSchema>

/** What the app answers to a call: `err_msg` in its own words, plus the fields of that API. */
export type NativeReply = { err_msg: string } & Record<string, unknown>

/** Something that happens in the page `after` some milliseconds, or that will not happen after all. */
export type PageEvent =
  { name: string; payload: Record<string, unknown>; after: number } | { name: string; dropped: true }

/** Which open tags the page may draw now; an error where it can draw none. */
export interface TagGrant {
  tags: string[]
  error?: string
}

/** The outcome of a call: answered, or waiting for the person who holds the phone. */
export type Outcome =
  | { reply: NativeReply; events?: PageEvent[]; openTags?: TagGrant }
  | { question: Question; id: string; reply?: undefined }

/** The card as it appears in a chat or in Moments. */
export interface SharedCard {
  title: string
  desc: string
  link: string
  imgUrl: string
  /** Where it came from: the new API, the legacy handlers, or nothing was set and WeChat helped itself. */
  source: 'update' | 'legacy' | 'default'
}

/** What "···" offers for a page: nothing at all, or everything but these items. */
export interface MenuState {
  shown: boolean
  hidden: string[]
}
