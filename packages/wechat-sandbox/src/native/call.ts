import type { Person } from '../platform/account.ts'
import type { Platform } from '../platform/platform.ts'
import type { Device } from './device.ts'
import type { NativeReply } from './messages.ts'
import type { PhoneFiles } from './phoneFiles.ts'
import { readAnswer, type Answers, type Question } from './questions.ts'
import type { Quirks } from './quirks.ts'
import type { WebDocument } from './webDocument.ts'

/** One call of a page, with everything that its answer may depend on. */
export interface Call {
  name: string
  params: Record<string, unknown>
  /** The address of the page, with its hash. */
  url: string
  /** The address that signatures are held against and grants belong to. */
  countingUrl: string
  /** All that a signature may be made for; `countingUrl` is the first. */
  countingUrls: readonly string[]
  document: WebDocument
  /** Who holds the phone. */
  person: Person
  device: Device
  quirks: Quirks
  platform: Platform
  files: PhoneFiles
}

/** An API: it answers, or asks the person and answers then. */
export type Api = (call: Call) => NativeReply | Asking

/** A call that waits for the person. */
export interface Asking {
  question: Question
  /** What the page gets, once the person has answered; null is "cancel" and anything unreadable. */
  answered: (answer: unknown) => NativeReply
}

export const isAsking = (result: NativeReply | Asking): result is Asking =>
  typeof result['answered'] === 'function'

/** The answer `name:ok` with the API's own fields. */
export const ok = (call: Call, fields: Record<string, unknown> = {}): NativeReply => ({
  err_msg: `${call.name}:ok`,
  ...fields,
})

/** The answer `name:fail, ...`, as WeChat words failures. */
export const fail = (call: Call, why?: string): NativeReply => ({
  err_msg: why === undefined ? `${call.name}:fail` : `${call.name}:fail,${why}`,
})

/** Asks the person; who closes the dialog cancels the call. */
export function ask<K extends Question['kind']>(
  question: Extract<Question, { kind: K }>,
  agreed: (answer: Answers[K]) => NativeReply,
  cancelled: NativeReply,
): Asking {
  return {
    question,
    answered(answer) {
      const read = readAnswer<K>(question.kind as K, answer)
      return read === null ? cancelled : agreed(read)
    },
  }
}

/** The answer `name:cancel`. */
export const cancel = (call: Call): NativeReply => ({ err_msg: `${call.name}:cancel` })

export const text = (value: unknown): string => (typeof value === 'string' ? value : '')

export const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
