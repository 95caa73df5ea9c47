import type { Conversations, Entry } from '../conversations.ts'
import { Feed } from '../feed.ts'
import type { Desk } from './desk.ts'

/** One line between somebody of the customer service and a person. */
export interface ChatRecord {
  id: number
  openid: string
  /** 2002: the customer service has written; 2003: the person has. */
  code: 2002 | 2003
  text: string
  /** Milliseconds since 1970. */
  at: number
  kfAccount: string
}

const KEPT = 1000

/** Writes down what customer service and people say to each other. */
export class ChatRecords extends Feed<ChatRecord> {
  readonly #desk: Desk
  #lastId = 0

  constructor(conversations: Conversations, desk: Desk) {
    super(KEPT)
    this.#desk = desk
    conversations.watch((entry) => this.#note(entry))
  }

  #note(entry: Entry): void {
    const { openid, at } = entry
    const serving = this.#desk.session(openid)?.kfAccount
    if (entry.from === 'account' && entry.via === 'custom') {
      const kfAccount = entry.kfAccount ?? serving
      const text = wordsOf(entry.message)
      if (kfAccount !== undefined) this.add({ id: ++this.#lastId, openid, code: 2002, text, at, kfAccount })
    }
    if (entry.from === 'person' && entry.push.msgType !== 'event' && serving !== undefined)
      this.add({ id: ++this.#lastId, openid, code: 2003, text: wordsOf(entry.push), at, kfAccount: serving })
  }
}

// 获取聊天记录: of pictures and recordings only the kind is told.
const wordsOf = (message: { msgType: string; content?: string }): string =>
  message.msgType === 'text' ? (message.content ?? '') : `[${message.msgType}]`
