import { secret } from '../credentials/tokens.ts'

/** A QR code of the account with a parameter. */
export interface QrCode {
  ticket: string
  /** What the picture says. */
  url: string
  /** What the server is told once the code was scanned. */
  scene: string
  /** Milliseconds since 1970; undefined: it lasts. */
  expiresAt: number | undefined
}

const KEPT = 10_000

/** The account's QR codes with a parameter. */
export class QrCodes {
  readonly #now: () => number
  readonly #byTicket = new Map<string, QrCode>()
  readonly #byUrl = new Map<string, QrCode>()

  constructor(now: () => number) {
    this.#now = now
  }

  /** @param seconds how long it lasts; left out: for good */
  create(scene: string, seconds?: number): QrCode {
    const code: QrCode = {
      ticket: `gQ${secret(94)}`,
      url: `http://weixin.qq.com/q/${secret(20)}`,
      scene,
      expiresAt: seconds === undefined ? undefined : this.#now() + seconds * 1000,
    }
    this.#byTicket.set(code.ticket, code)
    this.#byUrl.set(code.url, code)
    const oldest = this.#byTicket.size > KEPT ? this.#byTicket.values().next().value : undefined
    if (oldest) {
      this.#byTicket.delete(oldest.ticket)
      this.#byUrl.delete(oldest.url)
    }
    return code
  }

  /** A code that has not ended, by its ticket or by what its picture says. */
  find(ticketOrUrl: string): QrCode | undefined {
    const code = this.#byTicket.get(ticketOrUrl) ?? this.#byUrl.get(ticketOrUrl)
    return code && this.#lives(code) ? code : undefined
  }

  /** The newest code with this scene that has not ended. */
  withScene(scene: string): QrCode | undefined {
    return [...this.#byTicket.values()].findLast((code) => code.scene === scene && this.#lives(code))
  }

  #lives({ expiresAt }: QrCode): boolean {
    return expiresAt === undefined || expiresAt > this.#now()
  }
}
