import { randomInt } from 'node:crypto'
import { Errcode } from '../api/errcode.ts'
import { forgetOldest } from '../forgetOldest.ts'

interface Kept {
  data: string
  createdAt: number
  expiresAt: number
}

const BASE62 = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
const KEY_LENGTH = 15
const LARGEST = 4096
const LONGEST_LIFE = 2_592_000
const KEPT = { entries: 10_000, bytes: 16_000_000, sizeOf: ({ data }: Kept) => data.length * 2 }

/** 短key托管: long texts that WeChat keeps under a short key. */
export class ShortKeys {
  readonly #now: () => number
  readonly #all = new Map<string, Kept>()

  constructor(now: () => number) {
    this.#now = now
  }

  /** @throws {Errcode} 9410010 for more than 4 KB, 9410011 for more than 30 days */
  keep(data: string, seconds = LONGEST_LIFE): string {
    if (Buffer.byteLength(data) > LARGEST) throw new Errcode(9410010)
    if (seconds < 1 || seconds > LONGEST_LIFE) throw new Errcode(9410011)
    const key = Array.from({ length: KEY_LENGTH }, () => BASE62[randomInt(BASE62.length)]).join('')
    const createdAt = this.#now()
    this.#all.set(key, { data, createdAt, expiresAt: createdAt + seconds * 1000 })
    forgetOldest(this.#all, KEPT)
    return key
  }

  /** @throws {Errcode} 9410012 for a key that is unknown or has ended */
  fetch(key: string): { data: string; createdAt: number; secondsLeft: number } {
    const kept = this.#all.get(key)
    const left = kept ? kept.expiresAt - this.#now() : 0
    if (!kept || left <= 0) throw new Errcode(9410012)
    return { data: kept.data, createdAt: kept.createdAt, secondsLeft: Math.ceil(left / 1000) }
  }
}
