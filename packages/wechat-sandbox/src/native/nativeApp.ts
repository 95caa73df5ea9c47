import type { Person } from '../platform/account.ts'
import type { Platform } from '../platform/platform.ts'
import { APIS } from './apis/apis.ts'
import { isAsking, type Api, type Asking, type Call } from './call.ts'
import { denial, isAllowed } from './config.ts'
import type { Device } from './device.ts'
import { explain, type Explanation } from './explain/explain.ts'
import { exists } from './apis/jsApis.ts'
import type { NativeMessage, NativeReply, Outcome } from './messages.ts'
import { PhoneFiles } from './phoneFiles.ts'
import { obliging, type Answering } from './questions.ts'
import { believedQuirks, type Quirks } from './quirks.ts'
import { isSharingFromMenu, takeCard, tap } from './apis/share.ts'
import { countingUrls, newDocument, visit, type WebDocument } from './webDocument.ts'

export interface NativeAppOptions {
  platform: Platform
  device: Device
  /** Answers in place of a person. Default: `obliging`; `undefined` leaves it to the phone. */
  answering?: Answering | undefined
  /** Shared with other phones. Default: as everything is believed to be. */
  quirks?: Quirks
  /** Who holds the phone, where a message does not say. Default: the first. */
  person?: Person
  /** Told of every page that was loaded. */
  onLoad?: (load: PageLoad) => void
  /** Told of every call that was answered. */
  onCall?: (call: AnsweredCall) => void
}

/** A document that was loaded, and the address it was entered at. */
export interface PageLoad {
  document: string
  url: string
  /** In a frame of the page that is open. */
  inner?: boolean
}

/** One call of a page and the app's answer. */
export interface AnsweredCall {
  /** The load of the page that it belongs to. */
  document: string
  name: string
  params: Record<string, unknown>
  url: string
  reply: NativeReply
  /** For a refusal: what was wrong, and what to do. */
  explanation?: Explanation
}

/** The app's half of the bridge: it takes every decision, the page's half only carries words. */
export interface NativeApp {
  device: Device
  /** What is only believed of the app, to be switched. */
  readonly quirks: Quirks
  /**
   * Takes a message of the page's half and gives its answer, as plain JSON.
   *
   * @param person who holds the phone
   */
  receive(message: NativeMessage, person?: Person): unknown
}

const DOCUMENTS_KEPT = 200
const QUESTIONS_KEPT = 500

/**
 * The native side of WeChat for the web views of one phone.
 *
 * @see docs/sandbox-rules.md for what is certain and what is believed
 */
export function createNativeApp(options: NativeAppOptions): NativeApp {
  const { platform, onCall = () => undefined, onLoad = () => undefined } = options
  const owner = options.person ?? platform.people[0]
  const answering = 'answering' in options ? options.answering : obliging
  const documents = new Map<string, WebDocument>()
  const waiting = new Map<string, { call: Call; asking: Asking }>()
  const files = new PhoneFiles()
  const quirks = options.quirks ?? believedQuirks()
  let questions = 0

  const app: NativeApp = { device: options.device, quirks, receive }
  return app

  function receive(message: NativeMessage, person = owner): unknown {
    if (message.type === 'enter') return void enter(message.document, message.url, message.inner)
    if (message.type === 'answer') return answer(message.question, message.answer)
    if (message.type === 'resource') return { data: files.picture(message.localId)?.toString('base64') }
    const document =
      documents.get(message.document) ?? enter(message.document, 'url' in message ? message.url : '')
    switch (message.type) {
      case 'invoke':
        return invoke(document, message, person)
      case 'menu':
        return document.menu
      case 'tap':
        return tap(document, message.target, quirks)
      case 'card':
        return takeCard(document, message.target, message.page, { device: app.device, quirks })
    }
  }

  function enter(id: string, url: string, inner = false): WebDocument {
    const document = newDocument(id, url)
    onLoad({ document: id, url, ...(inner ? { inner } : {}) })
    remember(documents, id, document, DOCUMENTS_KEPT)
    return document
  }

  function invoke(
    document: WebDocument,
    message: NativeMessage & { type: 'invoke' },
    person: Person,
  ): Outcome {
    const { name, params, url } = message
    const { device } = app
    visit(document, url)
    const counting = countingUrls(document, url, device, quirks)
    const page = { name, params, url, countingUrl: counting[0], countingUrls: counting, document }
    const call: Call = { ...page, person, device, quirks, platform, files }
    const result = decide(call)
    if (!isAsking(result)) return finish(call, result)
    if (answering) return finish(call, result.answered(answering(result.question)))
    const id = String(++questions)
    remember(waiting, id, { call, asking: result }, QUESTIONS_KEPT)
    return { question: result.question, id }
  }

  function decide(call: Call): ReturnType<Api> {
    const { name, device } = call
    const api = Object.hasOwn(APIS, name) ? APIS[name] : undefined
    if (!api || !exists(name, device)) return { err_msg: 'system:function_not_exist' }
    if (!isAllowed(name, call) && !isSharingFromMenu(call)) return denial(call)
    return api(call)
  }

  // A question that nobody asked, or that was answered before, is a cancelled call like any other.
  function answer(id: string, given: unknown): Outcome {
    const question = waiting.get(id)
    waiting.delete(id)
    if (!question) return { reply: { err_msg: 'system:cancel' } }
    return finish(question.call, question.asking.answered(given))
  }

  function finish(call: Call, reply: NativeReply): Outcome {
    const { name, params, url, document } = call
    const explanation = explain(call, reply)
    onCall({ document: document.id, name, params, url, reply, ...(explanation ? { explanation } : {}) })
    const [events, openTags] = [document.coming, document.openTags]
    document.coming = []
    document.openTags = undefined
    return { reply, ...(events.length ? { events } : {}), ...(openTags ? { openTags } : {}) }
  }
}

function remember<T>(map: Map<string, T>, key: string, value: T, kept: number): void {
  map.set(key, value)
  const oldest = map.size > kept ? map.keys().next().value : undefined
  if (oldest !== undefined) map.delete(oldest)
}
