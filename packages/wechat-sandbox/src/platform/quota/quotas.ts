import { Errcode } from '../api/errcode.ts'
import type { Switches } from '../switches/switches.ts'

interface Limit {
  daily: number
  /** Of a test account, where it is lower. */
  test?: number
  minute?: number
}

// 接口调用频次限制说明, 获取稳定版接口调用凭据, 换取用户授权凭证; getticket and what is not listed: believed.
const LIMITS: Record<string, Limit> = {
  '/cgi-bin/token': { daily: 2000, test: 200 },
  '/cgi-bin/stable_token': { daily: 500_000, minute: 10_000 },
  '/cgi-bin/ticket/getticket': { daily: 1_000_000 },
  '/cgi-bin/menu/create': { daily: 1000, test: 100 },
  '/cgi-bin/media/get': { daily: 200_000, test: 1000 },
  '/cgi-bin/user/info': { daily: 5_000_000, test: 500_000 },
  '/cgi-bin/message/template/send': { daily: 100_000 },
  '/cgi-bin/message/mass/sendall': { daily: 100, minute: 60 },
  '/cgi-bin/message/mass/send': { daily: 100, minute: 60 },
  '/cgi-bin/message/mass/preview': { daily: 100 },
  '/sns/oauth2/access_token': { daily: Infinity, minute: 50_000 },
  '/sns/userinfo': { daily: Infinity, minute: 50_000 },
}
const USUAL: Limit = { daily: 500_000 }
const CLEARS_A_MONTH = 10
const BEIJING = 8 * 3_600_000 // a day ends at midnight in Beijing (believed)

interface Used {
  day: number
  today: number
  minute: number
  thisMinute: number
}

/** How often each API was called, and when that is too often. */
export class Quotas {
  readonly #now: () => number
  readonly #switches: Switches
  readonly #used = new Map<string, Used>()
  #clears: string[] = []

  constructor(now: () => number, switches: Switches) {
    this.#now = now
    this.#switches = switches
  }

  /** Counts one call. @throws {Errcode} 45009 for the day's quota, 45011 for the minute's */
  use(path: string): void {
    const used = this.#usedOf(path)
    const { minute = Infinity } = LIMITS[path] ?? USUAL
    if (this.#switches.get('quotaUsed') || used.today >= this.#dailyOf(path)) throw new Errcode(45009)
    if (this.#switches.get('minuteQuotaUsed') || used.thisMinute >= minute) throw new Errcode(45011)
    used.today++
    used.thisMinute++
  }

  /** What `openapi/quota/get` tells of an API. */
  get(path: string): { daily_limit: number; used: number; remain: number } {
    const daily_limit = this.#dailyOf(path)
    const used = this.#switches.get('quotaUsed') ? daily_limit : this.#usedOf(path).today
    return { daily_limit, used, remain: daily_limit - used }
  }

  /** All counters from zero again. @throws {Errcode} 48006 the eleventh time in a month */
  clear(): void {
    const month = new Date(this.#now() + BEIJING).toISOString().slice(0, 7)
    this.#clears = this.#clears.filter((one) => one === month)
    if (this.#clears.length >= CLEARS_A_MONTH) throw new Errcode(48006)
    this.#clears.push(month)
    this.#used.clear()
    this.#switches.set('quotaUsed', false)
  }

  #dailyOf(path: string): number {
    const limit = LIMITS[path] ?? USUAL
    return this.#switches.get('account') === 'test' ? (limit.test ?? limit.daily) : limit.daily
  }

  #usedOf(path: string): Used {
    const [day, minute] = [Math.floor((this.#now() + BEIJING) / 86_400_000), Math.floor(this.#now() / 60_000)]
    const used = this.#used.get(path) ?? { day, today: 0, minute, thisMinute: 0 }
    if (used.day !== day) Object.assign(used, { day, today: 0 })
    if (used.minute !== minute) Object.assign(used, { minute, thisMinute: 0 })
    this.#used.set(path, used)
    return used
  }
}
